import type { ImportProblem, ImportReport } from '../../../contract/canopy/imports.ts';
import { noCurrency } from '../../../contract/canopy/currency.ts';
import { Problem } from '../../problem.ts';
import { add, amountOf } from '../amount.ts';
import type { Exact } from '../amount.ts';
import type { Day } from '../days.ts';
import { storedDimensions } from '../dimensions.ts';
import { consequences } from './columns.ts';
import { RowReader } from './read-row.ts';
import type { ReadRow, RowProblem } from './read-row.ts';
import { mostRows } from './rows.ts';
import type { FileRow, FileRows } from './rows.ts';
import { costOfRecord, wordOf } from '../store/record.ts';

/** So many different values of one kind are a mistake, or an attack on our memory. */
const mostValues = 50_000;
const mostDays = 4_000;
/** All values that are remembered together, in characters. */
const mostText = 16_000_000;
const shownExamples = 5;
const shownProviders = 10;
/** Beyond these, a provider is not counted by name. */
const mostProviders = 4_000;

const texts: Readonly<Record<string, string>> = {
  'field-count': 'Rows with more or fewer fields than the header. A delimiter or a quote in them is not written as CSV wants it.',
  'no-day': 'Rows without ChargePeriodStart. They belong to no day.',
  'bad-day': 'ChargePeriodStart is no time that can be read. Write 2026-01-31 or 2026-01-31T00:00:00Z.',
  'bad-number': 'Costs or quantities that are no numbers, or too large. Write 1234.56, without thousands separators.',
  'bad-currency': 'BillingCurrency is no code of three letters.',
  'too-long': 'Names or descriptions longer than 1,000 characters.',
  'too-much': 'Rows with more than 32,768 characters in columns that are kept unread, the names of those columns included.',
  'bad-time': 'Other times that cannot be read. They are kept as they stand, and not used.',
  'several-days': 'Charges for more than a day. They count on their first day.',
  'lower-currency': 'Currencies in small letters. They are read as capitals.',
  negative: 'Negative costs that are no corrections. They count as they stand.',
  rounded: 'Values with more digits than are added up. Every digit is kept with the row.',
  'odd-value': 'Prices that are no numbers. They are kept as they stand, and not used.',
  'unknown-category': 'Charge categories that are not of the FOCUS specification. They count like any other.',
  'unknown-class': 'Charge classes that are not of the FOCUS specification. They are kept as they stand.',
  'unknown-frequency': 'Charge frequencies that are not of the FOCUS specification. They are kept as they stand.',
  'no-account': 'Rows without an account. They count, under “No account”.',
  'no-currency': `Costs without a currency. They are listed as ${noCurrency} and never added to another.`,
};

interface Found {
  outcome: ImportProblem['outcome'];
  rows: number;
  examples: { line: number; value: string }[];
}

/** What a file holds, gathered row by row. Grows with the different values in it, never with its rows. */
export class FileCheck {
  readonly days = new Set<Day>();
  readonly #file: Omit<FileRows, 'batches'>;
  readonly #reader: RowReader;
  readonly #problems = new Map<string, Found>();
  readonly #currencies = new Map<string, { billed: Exact; rows: number }>();
  readonly #providers = new Map<string, number>();
  readonly #values = new Map(
    storedDimensions.map(({ name, idField, labelField }) => [
      name,
      { seen: new Set<string>(), id: wordOf(idField ?? labelField) },
    ]),
  );
  #text = 0;
  #rows = 0;
  #taken = 0;
  #noted = 0;

  constructor(file: Omit<FileRows, 'batches'>) {
    this.#file = file;
    this.#reader = new RowReader(file.columns);
  }

  add(row: FileRow): ReadRow {
    this.#rows++;
    if (this.#rows > mostRows) throw tooMany(`more than ${mostRows.toLocaleString('en-US')} rows`, 'all');
    const read = this.#reader.read(row.fields);
    if (read.refused !== null) this.#note('refused', row.line, read.refused);
    else {
      this.#taken++;
      if (read.notes.length > 0) this.#noted++;
      for (const note of read.notes) this.#note('noted', row.line, note);
      this.#remember(read.record.day ?? '', read.record);
    }
    return read;
  }

  get accounts(): string[] {
    return [...(this.#values.get('account')?.seen ?? [])].filter((account) => account !== '');
  }

  report(more: Pick<ImportReport, 'digest' | 'overlap' | 'same'>): ImportReport {
    const { format, delimiter, columns } = this.#file;
    const days = [...this.days].toSorted();
    const present = new Set(columns.map(({ reads }) => reads));
    return {
      format,
      delimiter,
      rows: this.#rows,
      taken: this.#taken,
      noted: this.#noted,
      refused: this.#rows - this.#taken,
      problems: Array.from(this.#problems, ([kind, { outcome, rows, examples }]): ImportProblem => {
        return { kind, outcome, rows, examples, text: texts[kind] ?? kind };
      }).toSorted((a, b) => Number(b.outcome === 'refused') - Number(a.outcome === 'refused') || b.rows - a.rows),
      columns: columns.map(({ name, reads }) => ({ name, reads })),
      missing: consequences.filter(([column]) => !present.has(column)).map(([column, consequence]) => ({ column, consequence })),
      period: days.length === 0 ? null : { from: days[0] ?? '', to: days.at(-1) ?? '', days: days.length },
      currencies: Array.from(this.#currencies, ([currency, { billed, rows }]) => ({
        currency,
        billed: amountOf(billed),
        rows,
      })).toSorted((a, b) => b.rows - a.rows),
      accounts: this.accounts.length,
      providers: Array.from(this.#providers, ([name, rows]) => ({ name, rows }))
        .toSorted((a, b) => b.rows - a.rows)
        .slice(0, shownProviders),
      ...more,
    };
  }

  #note(outcome: Found['outcome'], line: number, [kind, value]: RowProblem): void {
    const found = this.#problems.get(kind) ?? { outcome, rows: 0, examples: [] };
    found.rows++;
    if (found.examples.length < shownExamples) found.examples.push({ line, value: value.slice(0, 80) });
    this.#problems.set(kind, found);
  }

  #remember(day: Day, record: NonNullable<ReadRow['record']>): void {
    if (!this.days.has(day)) {
      if (this.days.size >= mostDays) throw tooMany(`more than ${mostDays} days`, 'ChargePeriodStart');
      this.days.add(day);
    }
    for (const [name, { seen, id }] of this.#values) {
      const key = record.words[id] ?? '';
      if (seen.has(key)) continue;
      if (seen.size >= mostValues) throw tooMany(`more than ${mostValues.toLocaleString('en-US')} different values`, name);
      this.#text += key.length;
      if (this.#text > mostText) throw tooMany('more than 16 million characters of different values', name);
      seen.add(key);
    }
    const billed = costOfRecord(record, 'BilledCost');
    if (billed !== null) {
      const currency = record.words[wordOf('BillingCurrency')] ?? noCurrency;
      const known = this.#currencies.get(currency) ?? { billed: null, rows: 0 };
      this.#currencies.set(currency, { billed: add(known.billed, billed), rows: known.rows + 1 });
    }
    const provider = record.words[wordOf('ServiceProviderName')] ?? 'Not named';
    if (this.#providers.size < mostProviders || this.#providers.has(provider))
      this.#providers.set(provider, (this.#providers.get(provider) ?? 0) + 1);
  }
}

const tooMany = (what: string, where: string) =>
  new Problem({
    code: 'too_large',
    message: `The file has ${what} in ${where}, which is more than Canopy takes in at once.`,
    action: 'Split the file, or check that its columns are named as FOCUS names them.',
  });
