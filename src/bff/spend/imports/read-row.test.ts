import { describe, expect, test } from 'vitest';
import { costOfRecord, wordOf } from '../store/record.ts';
import { columnsOf } from './columns.ts';
import { readTime, RowReader } from './read-row.ts';

const read = (row: Readonly<Record<string, string>>) => new RowReader(columnsOf(Object.keys(row))).read(Object.values(row));
const whole = { BillingAccountId: '00123', ChargePeriodStart: '2026-01-31', BilledCost: '1.5', BillingCurrency: 'USD' };

describe('times as files write them', () => {
  test.each([
    ['2024-09-18 22:00:00', '2024-09-18T22:00:00Z'],
    ['2024-09-18T22:00:00', '2024-09-18T22:00:00Z'],
    ['2024-09-18T22:00:00.000Z', '2024-09-18T22:00:00Z'],
    ['2024-09-18 22:00:00+00', '2024-09-18T22:00:00Z'],
    ['2024-09-18 22:00:00.123456 UTC', '2024-09-18T22:00:00Z'],
    ['2024-09-18T22:00:00+02:00', '2024-09-18T20:00:00Z'],
    ['2024-09-18', '2024-09-18T00:00:00Z'],
  ])('%s', (text, time) => expect(readTime(text)).toBe(time));

  test.each(['09/18/2024', '18.09.2024', '2024-02-30', 'soon', '45553'])('%s is none', (text) =>
    expect(readTime(text)).toBeNull(),
  );
});

describe('a row', () => {
  test('keeps ids as text, every digit of a cost, and what it does not know', () => {
    const { record } = read({ ...whole, BilledCost: '0.12345678901', Tags: '{"team":"a"}' });
    expect(record?.words[wordOf('BillingAccountId')]).toBe('00123');
    expect(record && costOfRecord(record, 'BilledCost')).toBe(123456789010000n);
    expect(record?.values).toContain('{"Tags":"{\\"team\\":\\"a\\"}"}');
  });

  test('keeps columns whatever they are called', () => {
    const header = [...Object.keys(whole), '__proto__', 'constructor'];
    const { record } = new RowReader(columnsOf(header)).read([...Object.values(whole), 'a', 'b']);
    expect(record?.values).toContain('{"__proto__":"a","constructor":"b"}');
  });

  test('keeps each of the columns of one name, and of those that are called as we would call the second', () => {
    const header = [...Object.keys(whole), 'X', 'X', 'X (2)', 'X', '', 'Column 9'];
    const { record } = new RowReader(columnsOf(header)).read([...Object.values(whole), 'a', 'b', 'c', 'd', 'e', 'f']);
    expect(record?.values.find((value) => String(value).startsWith('{'))).toBe(
      '{"X":"a","X (3)":"b","X (2)":"c","X (4)":"d","Column 9":"e","Column 9 (2)":"f"}',
    );
  });

  test('keeps so much of columns that are not read, their names included: a name is kept with every row', () => {
    const columns = Array.from({ length: 200 }, (_, at) => `${at}${'n'.repeat(240)}`);
    const wide = Object.fromEntries(columns.map((name) => [name, '1']));
    expect(read({ ...whole, ...wide }).refused?.[0]).toBe('too-much');
    expect(read({ ...whole, Tags: 'x'.repeat(33_000) }).refused?.[0]).toBe('too-much');
    expect(read({ ...whole, Tags: 'x'.repeat(30_000) }).refused).toBeNull();
  });

  test.each(['NULL', 'null', 'N/A', '', ' '])('takes %j for nothing', (text) => {
    const { record } = read({ ...whole, BilledCost: text, RegionId: text });
    expect(record && costOfRecord(record, 'BilledCost')).toBeNull();
    expect(record?.words[wordOf('RegionId')]).toBeNull();
  });

  test('reads older names of columns, names written otherwise, and what FOCUS says of any provider', () => {
    const { record } = read({
      billing_account_id: 'a',
      ProviderName: 'Amazon Web Services',
      'Charge Period Start': '2026-01-31',
      ServiceName: 'Amazon S3',
      SkuId: 'S3-1',
    });
    expect(record?.words[wordOf('BillingAccountId')]).toBe('a');
    expect(record?.words[wordOf('ServiceProviderName')]).toBe('Amazon Web Services');
    expect(record?.words[wordOf('x_ProductFamilyName')]).toBe('Amazon S3');
    expect(record?.words[wordOf('x_BillableMetricId')]).toBe('S3-1');
  });

  test.each([
    [{ ...whole, ChargePeriodStart: '' }, 'no-day'],
    [{ ...whole, ChargePeriodStart: '31/01/2026' }, 'bad-day'],
    [{ ...whole, BilledCost: '1,234.50' }, 'bad-number'],
    [{ ...whole, BilledCost: '1e300' }, 'bad-number'],
    [{ ...whole, BillingCurrency: 'Euro' }, 'bad-currency'],
    [{ ...whole, BillingAccountName: 'x'.repeat(1001) }, 'too-long'],
  ])('%j is refused: %s', (row, kind) => {
    expect(read(row).refused?.[0]).toBe(kind);
  });

  test('with another number of fields is refused, except for empty ones at its end', () => {
    const reader = new RowReader(columnsOf(['ChargePeriodStart', 'BilledCost']));
    expect(reader.read(['2026-01-31']).refused?.[0]).toBe('field-count');
    expect(reader.read(['2026-01-31', '1', 'x']).refused?.[0]).toBe('field-count');
    expect(reader.read(['2026-01-31', '1', '']).refused).toBeNull();
  });

  test.each([
    [{ ...whole, BillingCurrency: 'usd' }, 'lower-currency'],
    [{ ...whole, BilledCost: '-2' }, 'negative'],
    [{ ...whole, ChargePeriodEnd: '2026-03-01' }, 'several-days'],
    [{ ...whole, BilledCost: '1.0000000000000001' }, 'rounded'],
    [{ ...whole, ChargeFrequency: 'Now and then' }, 'unknown-frequency'],
  ])('%j is taken with a note: %s', (row, kind) => {
    const { record, notes } = read(row);
    expect(record).not.toBeNull();
    expect(notes.map(([noted]) => noted)).toContain(kind);
  });

  test('numbers may have an exponent', () => {
    const { record } = read({ ...whole, BilledCost: '1.5E-7' });
    expect(record && costOfRecord(record, 'BilledCost')).toBe(150_000_000n);
  });
});
