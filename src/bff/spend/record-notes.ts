import type { Kysely } from 'kysely';
import { noCurrency } from '../../contract/canopy/currency.ts';
import type { SpendState } from '../../contract/canopy/spend.ts';
import type { Tables } from '../database/schema.ts';
import { ofOrganizations } from './dimensions.ts';
import type { Reach } from './reach.ts';
import type { RecordNoteKind } from './store/record.ts';

/** At most this many, the ones of most records. */
const shownNotes = 100;

const texts: Readonly<Record<RecordNoteKind, (detail: string) => string>> = {
  'unknown-column': (name) => `The column ${name} is new to Canopy. It is kept with each record.`,
  'unknown-category': (word) => `The charge category “${word}” is not one of the FOCUS specification. It counts like any other.`,
  'unknown-class': (word) => `The charge class “${word}” is not one of the FOCUS specification. It is kept as it is.`,
  'unknown-frequency': (word) => `The charge frequency “${word}” is not one of the FOCUS specification. It is kept as it is.`,
  'unknown-unit': (unit) => `The unit “${unit}” is new to Canopy. It is never added to another unit.`,
  'no-unit': () => 'Quantities without a unit. They are never added to a quantity with one.',
  'no-metric': () => 'Records without a metric.',
  'no-account': () => 'Records without an account, as Cloudflare sends them for contracts.',
  'no-currency': () => `Costs without a currency. They are listed as currency ${noCurrency} and never added to another.`,
  'odd-value': (name) => `Values of ${name} that are not of its kind. They are kept, but not counted.`,
  rounded: (name) => `Values of ${name} with more digits than are added up. Every digit is kept with the record.`,
  'odd-record': () => 'Entries in the answer that are no records. They are not counted.',
  'no-day': () => 'Records without a day that can be read. They are not counted.',
  outside: (day) => `Records of ${day}, which was not asked for. They are not counted.`,
  collision: () => 'Records that say the same of the same thing on the same day. They are all kept and add up.',
  'shared-account': () =>
    'Records of accounts that a deeper organization reports too on the same day. Only the deeper one counts.',
  'unlisted-change': () =>
    'Changes that are not listed one by one, since days that were read again had too many of them. They count.',
  replaced: () => 'Records of accounts and days that an import holds instead. They are kept, and only the import counts.',
};

/** Things in the records that we keep but do not know. */
export async function listRecordNotes(query: Kysely<Tables>, reach: Reach): Promise<SpendState['notes']> {
  const rows = await query
    .selectFrom('usage_note')
    .select((row) => ['kind', 'detail', row.fn.sum<string>('records').as('records')])
    .where(ofOrganizations(reach.ids))
    .where('source', 'not in', query.selectFrom('usage_import').select('id').where('counts', '=', 'none'))
    .groupBy(['kind', 'detail'])
    .orderBy('records', 'desc')
    .limit(shownNotes)
    .execute();
  return rows.map(({ kind, detail, records }) => ({
    kind,
    text: texts[kind as RecordNoteKind]?.(detail) ?? detail, // only note kinds are written; an older file may know others
    records: Number(records),
  }));
}
