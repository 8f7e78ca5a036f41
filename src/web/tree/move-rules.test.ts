import { describe, expect, it } from 'vitest';
import { indexOrganizations } from './organization-index.ts';
import type { OrganizationItem } from './organization-index.ts';
import { whyAccountsStay, whyNoSubOrganization, whyNotDestination, whyNotParent, whyOrganizationStays } from './move-rules.ts';
import { family, node } from './test-hierarchy.ts';

const closed = { sub_org_creation: 'false', account_mobility: 'false' };
const odd = { sub_org_creation: 'limited', account_mobility: 'limited' };
const { byId } = indexOrganizations(
  family([
    node('root', null),
    node('a', 'root'),
    node('a1', 'a'),
    node('a11', 'a1'),
    node('b', 'root'),
    node('b1', 'b'),
    node('b11', 'b1'),
    node('b111', 'b11'),
    node('closed', 'root', { flags: closed }),
    node('odd', 'root', { flags: odd }),
    node('silent', 'root', { flags: {} }),
    node('other', null),
    node('scope', null, { depth: 3 }),
    node('orphan', null, { orphan: true }),
  ]),
);

function at(id: string): OrganizationItem {
  const found = byId.get(id);
  if (!found) throw new Error(`${id} is not in the index`);
  return found;
}

describe('where an organization may go', () => {
  it('says why a target is closed', () => {
    const why = (target: string) => whyNotParent(at('a'), at(target), 'distributor');
    expect(why('a')).toBe('This is the organization to move');
    expect(why('a11')).toBe('Own descendant');
    expect(why('root')).toBe('Already here');
    expect(why('other')).toBe('Other Distributor');
    expect(why('b11')).toBe('Depth would be 7');
    expect(why('b1')).toBe('Depth would be 6');
    expect(why('closed')).toBe('Flag sub_org_creation is “false”');
    expect(why('odd')).toBe('Flag value “limited” is not one we know');
    expect(why('silent')).toBe('Cloudflare sent no flag sub_org_creation');
    expect(why('b')).toBeNull();
  });

  it('says why it stays', () => {
    expect(whyOrganizationStays(at('a'), 'distributor')).toBeNull();
    expect(whyOrganizationStays(at('root'), 'distributor')).toBe('A root organization has no parent');
    expect(whyOrganizationStays(at('scope'), 'distributor')).toBe('Its parent is outside what you may see');
    expect(whyOrganizationStays(at('orphan'), 'distributor')).toBe('Its parent is not visible to this credential');
    expect(whyOrganizationStays(at('a'), 'flat')).toBe('Enterprise organizations are flat: none has a parent');
  });
});

describe('where accounts may go', () => {
  it('says why a target is closed', () => {
    const why = (target: string) => whyNotDestination([at('a')], at(target), 'distributor');
    expect(why('a')).toBe('Already here');
    expect(why('other')).toBe('Other Distributor');
    expect(why('closed')).toBe('Flag account_mobility is “false”');
    expect(why('a1')).toBeNull();
    expect(whyNotDestination([at('a'), at('b')], at('a'), 'distributor')).toBeNull();
    expect(whyNotDestination([at('a')], at('b'), 'flat')).toBe('Enterprise organizations cannot exchange accounts');
  });

  it('says why they stay', () => {
    expect(whyAccountsStay(at('a'), 'distributor')).toBeNull();
    expect(whyAccountsStay(at('closed'), 'distributor')).toBe('Flag account_mobility is “false”');
    expect(whyAccountsStay(at('a'), 'flat')).toBe('Enterprise organizations cannot exchange accounts');
  });
});

describe('where a sub-organization may be made', () => {
  it('stops at the fifth level and at the flag', () => {
    expect(whyNoSubOrganization(at('a'), 'distributor')).toBeNull();
    expect(whyNoSubOrganization(at('b111'), 'distributor')).toBe('Depth would be 6; Cloudflare allows 5');
    expect(whyNoSubOrganization(at('closed'), 'distributor')).toBe('Flag sub_org_creation is “false”');
    expect(whyNoSubOrganization(at('closed'), 'flat')).toBe('Enterprise organizations are flat: they have no sub-organizations');
  });
});
