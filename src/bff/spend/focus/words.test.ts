import fc from 'fast-check';
import { expect, test } from 'vitest';
import { defaultCard } from '../pricing/default-card.ts';
import { serviceClassOf } from './services.ts';
import { unitPricesOf } from './unit-prices.ts';
import { ascii, chargeCategory, chargeFrequency, focusUnit, pricingUnitOf, providerName } from './words.ts';

test.each([
  ['Köln GmbH', 'Koln GmbH'],
  ['Workers — daily', 'Workers - daily'],
  ['Straße “7”', 'Strasse "7"'],
  ['ﬁ Łódź', 'fi Lodz'],
  ['東京 1', '?? 1'],
  ['a\tb\nc', 'a b c'],
])('%s is %s in ASCII', (text, plain) => expect(ascii(text)).toBe(plain));

test('ASCII is printable, and stays as it is', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => /^[\u0020-\u007e]*$/.test(ascii(text))));
  fc.assert(fc.property(fc.stringMatching(/^[ -~]*$/), (text) => ascii(text) === text));
});

test.each([
  ['GB-months', 'GB-Months'],
  ['gb-seconds', 'GB-Seconds'],
  ['Mb/Second', 'Mb/Second'],
  ['vcpu-seconds', 'vCPU-Seconds'],
  ['data points', 'Data Points'],
  ['1000000 requests', '1000000 Requests'],
  ['', null],
  [null, null],
])('the unit %s is written %s', (sent, unit) => expect(focusUnit(sent)).toBe(unit));

test('only a plain unit has a number before it', () => {
  expect(pricingUnitOf('1000000 Requests', 'Requests')).toEqual({ text: '1000000 Requests', count: 1_000_000n });
  expect(pricingUnitOf('1000000 GB-Seconds', 'GB-Seconds')).toEqual({ text: 'GB-Seconds', count: 1n });
  expect(pricingUnitOf(null, 'Seats')).toEqual({ text: 'Seats', count: 1n });
  expect(pricingUnitOf('1 Seats', 'Seats')).toEqual({ text: 'Seats', count: 1n });
});

test('one company has one name', () => {
  expect(['Cloudflare', 'Cloudflare, Inc.', 'cloudflare inc', '', null].map(providerName)).toEqual(Array(5).fill('Cloudflare'));
  expect(providerName('A Reseller')).toBe('A Reseller');
});

test('words of the specification are written its way', () => {
  expect(['usage', 'Refund', null].map(chargeCategory)).toEqual(['Usage', 'Adjustment', 'Usage']);
  expect([chargeFrequency('Usage-based', 'Usage'), chargeFrequency(null, 'Usage'), chargeFrequency('daily', 'Tax')]).toEqual([
    'Usage-Based',
    'Usage-Based',
    'One-Time',
  ]);
});

test('a family is classified by its id or name', () => {
  expect(serviceClassOf('r2', null)).toEqual({ category: 'Storage', subcategory: 'Object Storage' });
  expect(serviceClassOf(null, 'workers kv')).toEqual({ category: 'Databases', subcategory: 'NoSQL Databases' });
  expect(serviceClassOf('new', 'New')).toEqual({ category: 'Other', subcategory: 'Other (Other)' });
});

test('every priced line of the card has a price by its unit', () => {
  const terms = (metric: string, discount = '0') => {
    const line = defaultCard.lines.find((one) => one.metric === metric);
    if (!line) throw new Error(metric);
    const rate = { rounding: line.rounding, per: 1n, upper: 1n, lower: 1n, noise: 0n };
    return unitPricesOf({ line, rate, reason: null, price: line.price, discount, included: 0n, includedBy: 0 }, line.unit);
  };
  expect(terms('workers_standard_requests')).toEqual({
    unit: '1000000 Requests',
    list: 300_000_000_000_000_000n,
    contracted: 300_000_000_000_000_000n,
  });
  expect(terms('durable_objects_compute_duration')).toMatchObject({ unit: 'GB-Seconds', list: 12_500_000_000_000n });
  expect(terms('vectorize_stored_dimensions')).toMatchObject({ unit: 'Dimension-Months', list: 500_000_000n });
  expect(terms('kv_storage', '12.5')).toMatchObject({ list: 500_000_000_000_000_000n, contracted: 437_500_000_000_000_000n });
});
