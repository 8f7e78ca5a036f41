import fc from 'fast-check';
import { expect, test } from 'vitest';
import { defaultCard } from '../pricing/default-card.ts';
import { currencyOf } from './currencies.ts';
import { serviceOf } from './services.ts';
import { unitPricesOf } from './unit-prices.ts';
import { ascii, chargeCategory, chargeFrequency, csvText, focusUnit, pricingUnitOf, providerName } from './words.ts';

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
  ['GB-Month', 'GB-Months'],
  ['GB - months', 'GB-Months'],
  ['Mb/S', 'Mb/Second'],
  ['Requests/5 minutes', 'Requests/5 Minutes'],
  ['%', 'Percent'],
  ['Requests (Millions)', 'Requests Millions'],
  ['1,000 requests', '1000 Requests'],
  ['1,5 GB', 'Units'],
  ['1000 GB-Months', '1000 GB Months'],
  ['4K Minutes', 'Units'],
  ['?', 'Units'],
  ['Pay-As', 'Pay As'],
  ['µs', 'Us'],
  ['', null],
  [null, null],
])('the unit %s is written %s', (sent, unit) => expect(focusUnit(sent)).toBe(unit));

test('whatever the unit, it is said as FOCUS says units', () => {
  const words = '[A-Za-z][A-Za-z0-9]*( [A-Za-z][A-Za-z0-9]*)*';
  const allowed = new RegExp(`^(([0-9]+ )?${words}|${words}-[A-Z][a-z]+s|${words}/([0-9]+ )?[A-Z][a-z]+)$`);
  const alphabet = fc.constantFrom('GB', 'month', 'S', '-', '/', ' ', '12', '1,000', '%', '(', 'µ', 'é', '東');
  const anything = fc.oneof(
    fc.string(),
    fc.array(alphabet).map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(anything, (text) => {
      const unit = focusUnit(text);
      return unit === null ? text.trim() === '' : allowed.test(unit) && focusUnit(unit) === unit;
    }),
  );
});

test('only a plain unit has a number before it', () => {
  expect(pricingUnitOf('1000000 Requests', 'Requests')).toEqual({ text: '1000000 Requests', count: 1_000_000n });
  expect(pricingUnitOf('1000000 GB-Seconds', 'GB-Seconds')).toEqual({ text: 'GB-Seconds', count: 1n });
  expect(pricingUnitOf(null, 'Seats')).toEqual({ text: 'Seats', count: 1n });
  expect(pricingUnitOf('1000 (?)', 'Seats')).toEqual({ text: 'Units', count: 1n });
  expect(pricingUnitOf('1 Seats', 'Seats')).toEqual({ text: 'Seats', count: 1n });
});

test('one company has one name', () => {
  expect(['Cloudflare', 'Cloudflare, Inc.', 'cloudflare inc'].map(providerName)).toEqual(Array(3).fill('Cloudflare'));
  expect(providerName('A Reseller')).toBe('A Reseller');
});

test('words of the specification are written its way', () => {
  expect(['usage', 'Refund', null].map(chargeCategory)).toEqual(['Usage', 'Adjustment', 'Usage']);
  expect([chargeFrequency('Usage-based', 'Usage'), chargeFrequency(null, 'Usage'), chargeFrequency('daily', 'Tax')]).toEqual([
    'Usage-Based',
    'Usage-Based',
    'One-Time',
  ]);
  expect(['Usage-Based', 'recurring', null].map((sent) => chargeFrequency(sent, 'Purchase'))).toEqual([
    'One-Time',
    'Recurring',
    'One-Time',
  ]);
});

test('a service is classified by its family, and one name has one class', () => {
  expect(serviceOf('r2', null, null)).toMatchObject({ name: 'R2', category: 'Storage', subcategory: 'Object Storage' });
  expect(serviceOf(null, 'workers kv', null)).toMatchObject({ name: 'Workers KV', subcategory: 'NoSQL Databases' });
  expect(serviceOf('new', 'New', null)).toEqual({ name: 'New', category: 'Other', subcategory: 'Other (Other)' });
  expect(serviceOf(null, ' ', null)).toMatchObject({ name: 'Unknown', category: 'Other' });
  const text = fc.option(fc.constantFrom('r2', 'R2', ' r2', 'Ŕ2', 'R2 Storage', 'workers', 'New', '', ' '));
  const classes = new Map<string, string>();
  fc.assert(
    fc.property(text, text, text, (id, family, metric) => {
      const { name, category, subcategory } = serviceOf(id, family, metric);
      const found = `${category} ${subcategory}`;
      if (!classes.has(name)) classes.set(name, found);
      return classes.get(name) === found;
    }),
  );
});

test('a currency has a code of ISO 4217, or the one for none', () => {
  expect(['usd', 'EUR', 'ZWG', 'DEM', '$', '', null].map(currencyOf)).toEqual(['USD', 'EUR', 'ZWG', 'XXX', 'XXX', 'XXX', 'XXX']);
});

test('a name that a reader of CSV takes for no value, or a spreadsheet for a formula, begins with an apostrophe', () => {
  expect(['NULL', 'INVALID', '=a', 'Null Ltd'].map(csvText)).toEqual(["'NULL", "'INVALID", "'=a", 'Null Ltd']);
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
