import { describe, expect, test } from 'vitest';
import { withLine, withMapping, withoutLine } from './edits.ts';
import { readCardText } from './import-card.ts';
import { cardText } from './download-card.ts';
import { lineErrors, lineOf, lineValues } from './line-form.ts';
import { overrideErrors, overrideOf, overrideValues } from './override-form.ts';
import { cardWith, pooled, testLine } from './test-card.ts';
import { readOpen, writeOpen } from './screen-url.ts';
import type { Open } from './screen-url.ts';

const listed = testLine('reads', { certainty: 'official', rounding: 'block', pricingUnit: '1000000 Requests' });
const card = cardWith(listed, pooled('one'), pooled('other'));

describe('the form of a line', () => {
  test('gives back what it was given', () => {
    for (const line of [...card.lines, testLine('free', { price: null, status: 'contract-only' })])
      expect(lineOf(line, lineValues(line))).toEqual(line);
  });

  test('a price that was changed is a person’s own; without one it is for contracts only', () => {
    const changed = lineOf(listed, { ...lineValues(listed), amount: ' 0.25 ' });
    expect(changed).toMatchObject({ price: { amount: '0.25', per: '1000000' }, certainty: 'custom', pricingUnit: null });
    expect(lineOf(listed, { ...lineValues(listed), amount: '' })).toMatchObject({ price: null, status: 'contract-only' });
    expect(lineErrors(card, changed)).toEqual({});
  });

  test('says what is wrong at its field', () => {
    const wrong = { ...lineValues(listed), amount: '1,5', per: '0', from: '2026-02-02', until: '2026-02-01' };
    expect(Object.keys(lineErrors(card, lineOf(listed, wrong)))).toEqual(['amount', 'per']);
    expect(lineErrors(card, lineOf(listed, { ...wrong, amount: '1.5', per: '1' }))).toEqual({
      until: 'Day after the last must be after from',
    });
  });

  test('metrics that share an allowance share its size', () => {
    const [, one] = card.lines;
    const next = one && withLine(card, { ...one, included: { ...one.included, quantity: '99' } });
    expect(next?.lines.map(({ included }) => included.quantity)).toEqual(['0', '99', '99']);
  });
});

describe('the form of an override', () => {
  test.each([
    { discount: '12.5' },
    { organization: 'a'.repeat(32), metric: 'reads', price: { amount: '0.1', per: '10' }, included: '5', from: '2026-01-01' },
    { account: 'x', metric: 'reads', price: null, included: null, until: '2026-12-01', note: 'Contract 4' },
  ])('gives back %j', (override) => {
    expect(overrideOf(overrideValues(override))).toEqual(override);
    expect(overrideErrors(card, null, override)).toEqual({});
  });

  test('says what is wrong, and which days are taken already', () => {
    const taken = { ...card, overrides: [{ discount: '5', until: '2026-06-01' }] };
    expect(overrideErrors(taken, null, { discount: '7' })).toEqual({
      discount: 'Discount is given by another override for some of the same days',
    });
    expect(overrideErrors(taken, 0, { discount: '7' })).toEqual({});
    expect(overrideErrors(card, null, {})).toEqual({
      price: 'Price or a discount or an included quantity must be given',
    });
    expect(overrideErrors(card, null, { included: '5' })).toEqual({
      allowance: 'Included quantity needs a metric: one allowance cannot fit every line',
    });
  });
});

test('a line goes with all that names it, and a metric is mapped once', () => {
  const full = { ...withMapping(card, { metric: 'm', line: 'reads' }), overrides: [{ metric: 'reads', discount: '5' }] };
  expect(withMapping(full, { metric: ' M ', line: 'one' }).mappings).toEqual([{ metric: ' M ', line: 'one' }]);
  expect(withoutLine(full, 'reads')).toEqual(cardWith(pooled('one'), pooled('other')));
});

test('a card in a file is read whole, or every field of it that is wrong is named', () => {
  expect(readCardText(cardText(card))).toEqual({ card });
  const broken = cardText(card).replace('"0.30"', '0.3').replace('"block"', '"up"');
  expect(readCardText(broken)).toMatchObject({ problems: [{ field: 'lines.0.rounding' }, { field: 'lines.0.price.amount' }] });
  expect(readCardText('{"lines": [')).toMatchObject({ problems: [{ field: 'The text' }] });
});

test('an address says what is open', () => {
  const all: Open[] = [
    { kind: 'line', id: 'a:b' },
    { kind: 'map', id: 'x GB' },
    { kind: 'override', index: 3 },
    { kind: 'override', index: null },
    { kind: 'override', index: null, metric: 'reads' },
    { kind: 'version', version: 12 },
  ];
  for (const open of all) expect(readOpen(writeOpen(open))).toEqual(open);
  for (const text of [null, '', 'line', 'version:x', 'other:1']) expect(readOpen(text)).toBeNull();
});
