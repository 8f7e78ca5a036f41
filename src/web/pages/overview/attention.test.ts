import { describe, expect, it } from 'vitest';
import type { PlacedMember } from '../../../contract/canopy/hierarchy.ts';
import { attentionItems } from './attention.ts';

const member = (email: string, status: string, organizationId: string, more: Partial<PlacedMember> = {}): PlacedMember => ({
  id: email,
  create_time: '2026-11-01T00:00:00Z',
  status,
  organizationId,
  user: { email },
  ...more,
});
const facts = {
  members: null,
  coverages: [],
  spend: null,
  unknownReceipts: 0,
  nameOf: (id: string) => id.toUpperCase(),
  now: Date.parse('2026-11-22T14:00:00Z'),
};
const titles = (input: { members?: PlacedMember[]; unknownReceipts?: number }) =>
  attentionItems({ ...facts, ...input }).map(({ title }) => title);

describe('what needs attention', () => {
  it('is nothing when all is well', () => {
    expect(titles({ members: [member('a', 'active', 'x'), member('b', 'active', 'x')] })).toEqual([]);
  });

  it('names lone administrators, missing second factors and forgotten invitations', () => {
    expect(
      titles({
        unknownReceipts: 2,
        members: [
          member('a', 'active', 'x', { user: { email: 'a', two_factor_authentication_enabled: false } }),
          member('a', 'active', 'y', { user: { email: 'a', two_factor_authentication_enabled: false } }),
          member('p', 'pending', 'x', { create_time: '2026-10-01T00:00:00Z' }),
          member('q', 'pending', 'x', { create_time: '2026-11-20T00:00:00Z' }),
        ],
      }),
    ).toEqual([
      '2 writes have an unknown outcome',
      '2 organizations have one active administrator',
      '1 active member has 2FA off',
      '1 invitation pending for more than 14 days',
    ]);
  });
});
