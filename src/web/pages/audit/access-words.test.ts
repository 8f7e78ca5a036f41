import { describe, expect, test } from 'vitest';
import type { AccessEntry } from '../../../contract/canopy/access.ts';
import { aboutWords, operationWords } from './access-words.ts';

const entry = (more: Partial<AccessEntry>): AccessEntry => ({
  id: 'a',
  sequence: 1,
  kind: 'denied',
  at: '2026-10-15T12:00:00Z',
  lastAt: '2026-10-15T12:00:00Z',
  times: 1,
  actor: { id: 'bo', name: 'Bo', email: null, role: 'billing-viewer' },
  operation: 'deleteMember',
  organizationId: null,
  came: null,
  targetId: null,
  reason: 'not_allowed',
  asked: null,
  ended: null,
  requestId: 'r',
  ...more,
});
const exported = (ended: AccessEntry['ended'], asked: unknown = { kind: 'accounts', format: 'csv' }) =>
  entry({ kind: 'export', operation: 'downloadExport', reason: null, asked, ended });

describe('an access in one line', () => {
  test.each([
    [entry({}), 'Delete member: not part of their role'],
    [entry({ operation: 'moveAccount', reason: 'out_of_scope' }), 'Move account: outside of what they may see'],
    [entry({ reason: 'stale_version' }), 'Delete member: stale_version'],
    [entry({ kind: 'sign-in', operation: 'signIn', reason: null }), 'As billing viewer'],
    [entry({ kind: 'view', operation: 'listAuditEvents', reason: null }), 'The audit log'],
    [exported({ outcome: 'complete', rows: 1204, bytes: 9 }), 'Accounts as CSV, 1,204 rows'],
    [exported({ outcome: 'failed', rows: 12, bytes: 9 }), 'Accounts as CSV, broke off'],
    [exported({ outcome: 'abandoned', rows: null, bytes: 4096 }), 'Accounts as CSV, left after 4,096 bytes'],
    [exported(null, { kind: 'records', format: 'parquet' }), 'Records as Parquet, on its way'],
    [exported(null, 'odd'), 'A file, on its way'],
  ])('%#: %s', (one, words) => {
    expect(aboutWords(one)).toBe(words);
  });

  test('says the name of a row as words', () => {
    expect(operationWords('listSpendMetrics')).toBe('List spend metrics');
  });
});
