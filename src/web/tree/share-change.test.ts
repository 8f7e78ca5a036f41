import { describe, expect, it } from 'vitest';
import type { Share } from '../../contract/cloudflare/shares.ts';
import { compareShares } from './share-change.ts';

function share(name: string, facts: Partial<Share> = {}): Share {
  return {
    id: name,
    name,
    account_id: 'source',
    organization_id: 'o',
    created: '2026-01-01T00:00:00Z',
    kind: 'received',
    status: 'active',
    target_type: 'organization',
    ...facts,
  };
}
const of = (name: string, ...shares: Share[]) => ({ organizationId: name, name, shares });

describe('shares in a move', () => {
  it('names what reaches the place only before, and only after', () => {
    const change = compareShares(
      [of('old', share('rules'), share('both')), of('root', share('base'))],
      [of('new', share('blocks'), share('both')), of('root', share('base'))],
    );
    expect(change).toEqual({ gains: ['blocks'], loses: ['rules'], given: [], unknown: [] });
  });

  it('leaves out what reaches single accounts, and what has ended', () => {
    const shares = [share('one', { target_type: 'account' }), share('gone', { status: 'deleted' })];
    expect(compareShares([of('old', ...shares)], [of('new')]).loses).toEqual([]);
  });

  it('names the shares whose source leaves, and whose shares are not known', () => {
    const change = compareShares(
      [of('old', share('rules', { kind: 'sent', account_id: 'a' }), share('other', { kind: 'sent' }))],
      [{ organizationId: 'new', name: 'new', shares: null }],
      new Set(['a']),
    );
    expect(change.given).toEqual(['rules']);
    expect(change.unknown).toEqual(['new']);
  });
});
