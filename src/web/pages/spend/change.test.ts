import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimalText } from '../../lib/decimal.ts';
import { changeOf, changeOfGroup, numberOf } from './change.ts';
import { changeWords, percentWords } from './words.ts';

const dollars = { kind: 'money', currency: 'USD' } as const;

describe('a change', () => {
  it('is new or gone where one side has nothing, and never infinite', () => {
    expect(changeOf(null, '5')).toMatchObject({ kind: 'new', ratio: null });
    expect(changeOf('0', '5')).toMatchObject({ kind: 'new', ratio: null });
    expect(changeOf('5', null)).toMatchObject({ kind: 'gone', ratio: null });
    expect(changeOf('5', '0')).toMatchObject({ kind: 'changed', ratio: -1 });
    expect(changeOf('0', '0')).toMatchObject({ kind: 'changed', ratio: 0 });
    expect(changeOf(null, null)).toBeNull();
  });

  it('of records without an amount is not known: they are used, and neither new nor gone', () => {
    const past = { previous: '5', previousRecords: 1 };
    expect(changeOfGroup({ ...past, total: null, records: 3 })).toBeNull();
    expect(changeOfGroup({ ...past, total: null, records: 0 })).toMatchObject({ kind: 'gone' });
    expect(changeOfGroup({ ...past, total: '0', records: 3 })).toMatchObject({ kind: 'changed', ratio: -1 });
    expect(changeOfGroup({ previous: null, previousRecords: 2, total: '5', records: 3 })).toBeNull();
    expect(changeOfGroup({ previous: null, previousRecords: 0, total: '5', records: 3 })).toMatchObject({ kind: 'new' });
  });

  it('is said in the words of the table', () => {
    expect(changeWords(changeOf('100', '105.25'), dollars)).toBe('+$5.25');
    expect(percentWords(changeOf('100', '105.25'))).toBe('+5.3%');
    expect(changeWords(changeOf('100', '92.9'), dollars)).toBe('−$7.10');
    expect(percentWords(changeOf('-100', '-150'))).toBe('−50.0%');
    expect(percentWords(changeOf(null, '3'))).toBe('new');
    expect(percentWords(changeOf('3', null))).toBe('gone');
    expect(percentWords(null)).toBe('–');
    expect(changeWords(null, dollars)).toBe('–');
  });

  it('is exact, and its percentage is a number', () => {
    const amount = fc.tuple(fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }), fc.integer({ min: 0, max: 12 }));
    fc.assert(
      fc.property(amount, amount, ([a, aScale], [b, bScale]) => {
        const change = changeOf(decimalText({ units: a, scale: aScale }), decimalText({ units: b, scale: bScale }));
        expect(change).not.toBeNull();
        if (!change) return;
        expect(change.ratio === null || Number.isFinite(change.ratio)).toBe(true);
        expect(change.by.units * 10n ** BigInt(24 - change.by.scale)).toBe(
          b * 10n ** BigInt(24 - bScale) - a * 10n ** BigInt(24 - aScale),
        );
        expect(numberOf({ units: 125n, scale: 2 })).toBe(1.25);
      }),
    );
  });
});
