import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { digits } from '../../database/decimal.ts';
import { textOf } from '../amount.ts';
import { words } from '../columns.ts';
import type { ValueName, WordName } from '../columns.ts';
import { readRecord, valueOf } from './record.ts';

const usual = {
  BillingAccountId: '00000000000000000000000000000001',
  ChargePeriodStart: '2026-11-01T00:00:00Z',
  ChargePeriodEnd: '2026-11-02T00:00:00Z',
  x_BillableMetricId: 'workers_standard_requests',
  ConsumedUnit: 'Requests',
};
/** A usual record with more members, given as JSON text so that numbers keep their digits. */
const withMembers = (members: string) => `${JSON.stringify(usual).slice(0, -1)},${members}}`;

function read(text: string) {
  const record = readRecord(text);
  if (!record) throw new Error('no record');
  const cell = (name: WordName | ValueName) => {
    const word = words.findIndex(([field]) => field === name);
    return word >= 0 ? record.words[word] : record.values[valueOf(name as ValueName)]; // it is the one or the other
  };
  const [other, exact] = record.values.slice(-2);
  return { ...record, cell, other, exact, nulls: record.words[words.length] };
}

describe('numbers', () => {
  test('more digits than a double has are kept', () => {
    const record = read(
      withMembers('"ConsumedQuantity":9007199254740993,"BilledCost":123456789012.123456,"BillingCurrency":"USD"'),
    );
    expect(record.cell('ConsumedQuantity')).toBe(9007199254740993n * 10n ** 12n);
    expect(record.cell('BilledCost')).toBe(123456789012123456n);
    expect(record).toMatchObject({ exact: null, notes: [] });
  });

  test('a cost with more than six digits after the point is kept in two parts', () => {
    const record = read(withMembers('"BilledCost":-4.666666666669,"ListCost":0.0000003,"BillingCurrency":"USD"'));
    expect(record.values.slice(valueOf('BilledCost'), valueOf('BilledCost') + 2)).toEqual([-4666666n, -666669000n]);
    expect(record.values.slice(valueOf('ListCost'), valueOf('ListCost') + 2)).toEqual([0n, 300000000n]);
    expect(record).toMatchObject({ exact: null, notes: [] });
  });

  test('more digits than the column has are kept beside it, and noted', () => {
    const record = read(withMembers('"ConsumedQuantity":0.1000000000000000055'));
    expect(record.cell('ConsumedQuantity')).toBe(100000000000n);
    expect(record.exact).toBe('{"ConsumedQuantity":"0.1000000000000000055"}');
    expect(record.notes).toEqual([['rounded', 'ConsumedQuantity']]);
  });

  test('any number comes back digit for digit', () => {
    const numberText = fc
      .tuple(fc.boolean(), fc.bigInt({ min: 0n, max: 10n ** 25n }), fc.nat(20), fc.option(fc.integer({ min: -8, max: 8 })))
      .map(([negative, value, scale, exponent]) => {
        const padded = value.toString().padStart(scale + 1, '0');
        const plain = scale === 0 ? padded : `${padded.slice(0, -scale)}.${padded.slice(-scale)}`;
        return `${negative ? '-' : ''}${plain}${exponent === null ? '' : `e${exponent}`}`;
      });
    fc.assert(
      fc.property(numberText, (text) => {
        const record = read(withMembers(`"ConsumedQuantity":${text}`));
        if (record.exact === null) expect(plainText(`${String(record.cell('ConsumedQuantity'))}e-12`)).toBe(plainText(text));
        else expect(record.exact).toBe(`{"ConsumedQuantity":"${text}"}`);
      }),
    );
  });

  test('what is no number is kept, and noted', () => {
    const record = read(withMembers('"BilledCost":"n/a","ListCost":1e30'));
    expect(record.cell('BilledCost')).toBeNull();
    expect(record.exact).toBe('{"BilledCost":"n/a","ListCost":"1e30"}');
    expect(record.notes).toContainEqual(['odd-value', 'BilledCost']);
    expect(record.notes).toContainEqual(['odd-value', 'ListCost']);
  });

  test('text that looks like a number after a key stays text', () => {
    const record = read(withMembers('"ChargeDescription":": 5 GB","BillingAccountName":"a\\":7,\\"b"'));
    expect(record.cell('ChargeDescription')).toBe(': 5 GB');
    expect(record.cell('BillingAccountName')).toBe('a":7,"b');
  });
});

const plainText = (text: string) => textOf(digits(text) ?? { value: 0n, scale: 0 });

test('absent, null and zero are three things', () => {
  const absent = read(withMembers('"ChargeClass":null'));
  const empty = read(withMembers('"BilledCost":null,"RegionId":null'));
  const zero = read(withMembers('"BilledCost":0,"BillingCurrency":"USD"'));
  expect([absent.cell('BilledCost'), absent.nulls]).toEqual([null, 'ChargeClass']);
  expect([empty.cell('BilledCost'), empty.nulls]).toEqual([null, 'BilledCost RegionId']);
  expect([zero.cell('BilledCost'), zero.nulls]).toEqual([0n, null]);
});

describe('the unknown is kept and noted', () => {
  test('columns, with their own types and digits', () => {
    const record = read(withMembers('"x_New":12345678901234567890.5,"Tags":{"a":true,"b":1},"x_Flag":true'));
    expect(record.other).toBe('{"x_New":12345678901234567890.5,"Tags":{"a":true,"b":1},"x_Flag":true}');
    expect(record.notes).toEqual([
      ['unknown-column', 'x_New'],
      ['unknown-column', 'x_Flag'],
    ]);
  });

  test('words', () => {
    const record = read(
      withMembers('"ChargeCategory":"Gift","ChargeClass":"Guess","ChargeFrequency":"Weekly","ConsumedUnit":"Parsecs"'),
    );
    expect(record.cell('ChargeCategory')).toBe('Gift');
    expect(record.notes).toEqual([
      ['unknown-category', 'Gift'],
      ['unknown-class', 'Guess'],
      ['unknown-frequency', 'Weekly'],
      ['unknown-unit', 'Parsecs'],
    ]);
  });

  test('a name stands in for an id that is missing, and says so', () => {
    const record = read(withMembers('"x_ZoneName":"example.com","RegionId":null,"RegionName":"EU","SubAccountId":""'));
    expect([record.cell('x_ZoneId'), record.cell('RegionId'), record.cell('SubAccountId')]).toEqual(['example.com', 'EU', null]);
    expect(record.nulls).toBe('RegionId =x_ZoneId =RegionId');
    expect(record.exact).toBe('{"SubAccountId":""}');
  });

  test('what is missing', () => {
    expect(read('{"ChargePeriodStart":"2026-11-01","ConsumedQuantity":1,"BilledCost":1}').notes).toEqual([
      ['no-unit', ''],
      ['no-metric', ''],
      ['no-account', ''],
      ['no-currency', ''],
    ]);
  });

  test('an element that is no object is no record, and broken JSON is an error', () => {
    expect(readRecord('12')).toBeNull();
    expect(readRecord('[{}]')).toBeNull();
    expect(() => readRecord('{"a":}')).toThrow(SyntaxError);
  });
});

test.each([
  ['2026-11-01T00:00:00Z', '2026-11-01'],
  ['2026-11-01', '2026-11-01'],
  ['2026-11-01 22:00:00', '2026-11-01'],
  ['2026-11-01T00:30:00+02:00', '2026-10-31'],
  ['2026-02-30', null],
  ['yesterday', null],
])('%s is of the day %s', (start, day) => {
  expect(read(JSON.stringify({ ...usual, ChargePeriodStart: start })).day).toBe(day);
});

test('a charge period is kept unless it is the whole day', () => {
  const whole = read(JSON.stringify(usual));
  expect([whole.cell('ChargePeriodStart'), whole.cell('ChargePeriodEnd')]).toEqual([null, null]);
  const hour = read(JSON.stringify({ ...usual, ChargePeriodEnd: '2026-11-01T01:00:00Z' }));
  expect([hour.cell('ChargePeriodStart'), hour.cell('ChargePeriodEnd')]).toEqual([
    '2026-11-01T00:00:00Z',
    '2026-11-01T01:00:00Z',
  ]);
});

test('records that say the same in words are of one series', () => {
  const series = (more: object) => read(JSON.stringify({ ...usual, ...more })).series;
  expect(series({ ConsumedQuantity: 1 })).toBe(series({ ConsumedQuantity: 2, ChargePeriodStart: '2026-11-02T00:00:00Z' }));
  for (const more of [{ x_ZoneId: 'z' }, { RegionId: null }, { SubAccountId: 's' }, { ChargeClass: 'Correction' }])
    expect(series(more)).not.toBe(series({}));
  // an empty id is no id
  expect(series({ SubAccountId: '' })).toBe(series({}));
});

test('a quantity too large for its column is kept and noted, not counted', () => {
  const record = read(withMembers('"ConsumedQuantity":400000000090071992547409931'));
  expect(record.cell('ConsumedQuantity')).toBeNull();
  expect(record.exact).toBe('{"ConsumedQuantity":"400000000090071992547409931"}');
  expect(record.notes).toContainEqual(['odd-value', 'ConsumedQuantity']);
});

test('an empty class, category, frequency or currency is none, and kept as it was sent', () => {
  const empty = { ChargeClass: '', ChargeCategory: '', ChargeFrequency: '', BillingCurrency: '' };
  const record = read(JSON.stringify({ ...usual, ...empty }));
  for (const field of ['ChargeClass', 'ChargeCategory', 'ChargeFrequency', 'BillingCurrency'] as const)
    expect(record.cell(field)).toBeNull();
  expect(JSON.parse(record.exact as string)).toEqual(empty);
  expect(record.notes).toEqual([]);
});
