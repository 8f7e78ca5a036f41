import { expect, it } from 'vitest';
import { enforcementOf, filterAccounts } from './account-filter.ts';
import type { PlacedAccount } from './hierarchy.ts';

const account = (name: string, created: string, enforced: boolean | null, type = 'standard'): PlacedAccount => ({
  id: name.toLowerCase().padEnd(32, '0'),
  name,
  type,
  created_on: `${created}T10:00:00Z`,
  settings: { enforce_twofactor: enforced },
  organizationId: 'o',
});
const all = [
  account('Abelard Surveying', '2026-03-09', true),
  account('Bexcombe Ferries', '2024-09-15', false, 'enterprise'),
  account('Catkin Toys', '2026-03-12', null),
];
const everything = { text: '', type: [], enforcement: [], createdFrom: null, createdBefore: null } as const;
const names = (filter: Partial<Parameters<typeof filterAccounts>[1]>) =>
  filterAccounts(all, { ...everything, ...filter }).map(({ name }) => name);

it('filters narrow together; created is half-open; unknown is not off', () => {
  expect(names({})).toHaveLength(3);
  expect(names({ text: 'BEX' })).toEqual(['Bexcombe Ferries']);
  expect(names({ createdFrom: '2026-03-09', createdBefore: '2026-03-12' })).toEqual(['Abelard Surveying']);
  expect(names({ enforcement: ['not-enforced'] })).toEqual(['Bexcombe Ferries']);
  expect(names({ type: ['standard'], enforcement: ['unknown'] })).toEqual(['Catkin Toys']);
  expect(all.map(enforcementOf)).toEqual(['enforced', 'not-enforced', 'unknown']);
});
