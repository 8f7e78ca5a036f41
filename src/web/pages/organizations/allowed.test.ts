import { describe, expect, it } from 'vitest';
import { allowancesOf } from './allowed.ts';
import { whatMustGo } from './what-must-go.ts';
import { indexOrganizations } from '../../tree/organization-index.ts';
import type { OrganizationItem } from '../../tree/organization-index.ts';
import { family, node } from '../../tree/test-hierarchy.ts';

const flags = {
  account_creation: 'limited',
  account_creation_applies_tenant_defaults: 'false',
  account_mobility: 'false',
  enterprise_capability: 'true',
  member_management: 'true',
  sub_org_creation: 'true',
};
const { byId } = indexOrganizations(
  family([
    node('root', null, { flags, accounts: 3, members: { active: 2 } }),
    node('empty', 'root', { flags }),
    node('unknown', 'root', { flags, accounts: null }),
  ]),
);

function at(id: string): OrganizationItem {
  const found = byId.get(id);
  if (!found) throw new Error(`${id} is not in the index`);
  return found;
}

describe('what is allowed here', () => {
  it('reads every flag as yes, no or unknown, with the reason', () => {
    const allowed = new Map(allowancesOf(at('root'), 'distributor', false).map((one) => [one.id, one]));
    expect(allowed.get('sub_org_creation')).toMatchObject({ state: 'yes', reason: 'Depth 1 of 5' });
    expect(allowed.get('account_mobility')).toMatchObject({ state: 'no' });
    expect(allowed.get('member_management')).toMatchObject({ state: 'yes', reason: null });
    expect(allowed.get('account_creation')).toMatchObject({
      state: 'unknown',
      reason: 'Flag value “limited” is not one we know',
    });
    expect(allowed.get('account_deletion')).toMatchObject({
      state: 'unknown',
      reason: 'Cloudflare sent no flag account_deletion',
    });
    expect(allowed.get('account_creation_applies_tenant_defaults')).toMatchObject({ state: 'no' });
  });

  it('counts levels from the top of a scope that begins lower', () => {
    expect(allowancesOf(at('root'), 'distributor', true)[0]?.reason).toBe('Level 1 of what you may see');
  });

  it('says what must go before a deletion, and what is not known', () => {
    expect(whatMustGo(at('root'))).toBe('2 sub-organizations, 3 accounts and 2 members must go first');
    expect(whatMustGo(at('empty'))).toBeNull();
    const deletion = (id: string) => allowancesOf(at(id), 'distributor', false).find((one) => one.id === 'delete');
    expect(deletion('empty')?.state).toBe('yes');
    expect(deletion('unknown')).toMatchObject({ state: 'unknown', reason: 'Not every count is known' });
  });
});
