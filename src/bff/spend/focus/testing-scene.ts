import { expect, vi } from 'vitest';
import type { ExportRequest, RecordForm, RecordFormat } from '../../../contract/canopy/exports.ts';
import { openDatabase } from '../../database/open.ts';
import { recordsArchive } from '../../exports/records-archive.ts';
import { newSha256 } from '../../node/digest.ts';
import type { Person, Spend } from '../../services.ts';
import { createSpend } from '../spend.ts';
import { fakeDirectory, FakeUpstream, noFiles, organization, silent, StillClock } from '../testing.ts';
import { recordsFileName } from './open-records.ts';
import { days, recordsOf } from './testing-records.ts';

const root = organization('root');
const east = organization('east');
const now = '2026-11-05T12:00:00Z';
const everything = { scope: null, organization: undefined, descendants: true };

export const person = (role: Person['role']): Person => ({ id: 'p', name: 'P', email: 'p@example.com', role, scope: null });
/** All days that have records, and today, which is not over. */
export const question = { descendants: true, from: '2026-11-01', to: '2026-11-06', filters: [] };
export const byAccount = <Row extends Readonly<Record<string, string | null>>>(rows: readonly Row[], account: string) =>
  rows.filter((row) => row['BillingAccountId'] === account);
export const byText = (a: string, b: string) => (a < b ? -1 : 1);

type Asked = Extract<ExportRequest, { kind: 'records' }>;

export interface RecordsScene {
  spend: Spend;
  /** The archive as it is downloaded. */
  take(form: RecordForm, format: RecordFormat, more?: Partial<Asked>, role?: Person['role']): Promise<Buffer>;
  close(): Promise<void>;
}

/** The days of `testing-records.ts`, read and priced, to take files of. */
export async function openScene(): Promise<RecordsScene> {
  const upstream = new FakeUpstream();
  const clock = new StillClock(now);
  const database = await openDatabase(':memory:');
  const spend = createSpend({
    database,
    upstream: upstream.upstream,
    directory: fakeDirectory({ [root]: null, [east]: root }),
    clock,
    log: silent,
    historyStart: days[0],
    daysPerCall: 1,
    ...noFiles,
  });
  for (const [index, day] of days.entries()) upstream.put(east, day, ...recordsOf(day, index));
  const idle = clock.nextLongSleep();
  spend.start();
  await idle;
  await vi.waitFor(async () => expect((await spend.state(everything)).pricing.monthsLeft).toBe(0), { timeout: 20_000 });
  return {
    spend,
    async take(form, format, more = {}, role = 'administrator') {
      const request = { kind: 'records', form, format, question, withoutRate: 'zero', ...more } as const;
      const pieces: Uint8Array[] = [];
      const records = spend.records(person(role), request, new AbortController().signal);
      for await (const piece of recordsArchive(recordsFileName(request), records, newSha256, Date.parse(now))) pieces.push(piece);
      return Buffer.concat(pieces);
    },
    async close() {
      await spend.close();
      await database.close();
    },
  };
}
