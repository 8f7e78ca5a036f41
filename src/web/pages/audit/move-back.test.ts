import { expect, it } from 'vitest';
import type { Receipt } from '../../../contract/canopy/receipts.ts';
import { moveBackOf } from './move-back.ts';

const receipt = {
  operation: 'moveAccount',
  outcome: 'done',
  at: '2026-11-01T12:00:00Z',
  targetId: 'account',
  organizationId: 'home',
  request: { destination_organization_id: 'away' },
} as Partial<Receipt> as Receipt; // only what is looked at
const now = Date.parse('2026-11-20T12:00:00Z');

it('an account that was moved goes back the way it came, for 30 days', () => {
  expect(moveBackOf(receipt, now)).toEqual({ accountId: 'account', from: 'away', to: 'home' });
  expect(moveBackOf(receipt, Date.parse('2026-12-02T12:00:00Z'))).toBeNull();
});

it.each([
  { outcome: 'unknown' },
  { operation: 'modifyOrganization' },
  { request: {} }, // its other side may not be seen
  { organizationId: 'away' },
] satisfies Partial<Receipt>[])('there is no way back of %j', (other) => {
  expect(moveBackOf({ ...receipt, ...other }, now)).toBeNull();
});
