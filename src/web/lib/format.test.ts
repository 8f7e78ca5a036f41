import { describe, expect, it } from 'vitest';
import {
  exactMoney,
  formatChange,
  formatCount,
  formatHereBelow,
  formatMoney,
  formatMoneyChange,
  formatPercent,
  formatQuantity,
  plural,
  shortId,
} from './format.ts';

describe('money', () => {
  it.each([
    ['12828.77', '$12,828.77'],
    ['12828.774999', '$12,828.77'],
    ['12828.775', '$12,828.78'],
    ['1', '$1.00'],
    ['0.0312', '$0.0312'],
    ['0.01', '$0.0100'],
    ['0.999949', '$0.9999'],
    ['0.99995', '$1.00'],
    ['0.009999', '<$0.01'],
    ['0.00000001', '<$0.01'],
    ['0', '$0.00'],
    ['0.000000', '$0.00'],
    ['-0', '$0.00'],
    ['-18.4', '−$18.40'],
    ['-0.002', '>−$0.01'],
  ])('%s is %s', (amount, text) => expect(formatMoney(amount)).toBe(text));

  it('keeps digits that a float would lose', () => {
    expect(formatMoney('90071992547409930.01')).toBe('$90,071,992,547,409,930.01');
  });

  it('is short in narrow places', () => {
    expect(formatMoney('12828.5', 'USD', 'whole')).toBe('$12,829');
    expect(formatMoney('0.2', 'USD', 'whole')).toBe('<$1');
    expect(formatMoney('-0.2', 'USD', 'whole')).toBe('>−$1');
    expect(formatMoney('0', 'USD', 'whole')).toBe('$0');
  });

  it('knows the currency', () => {
    expect(formatMoney('12.5', 'EUR')).toBe('€12.50');
    expect(formatMoney('1250', 'JPY')).toBe('¥1,250');
    expect(formatMoney('1', 'SEK')).toBe('SEK 1.00');
    expect(formatMoney('1', 'points')).toBe('points 1.00');
  });

  it('shows text that is not a number as it came', () => {
    expect(formatMoney('about ten')).toBe('about ten');
  });

  it('says every digit when asked', () => {
    expect(exactMoney('-12828.770001', 'USD')).toBe('−12,828.770001 USD');
  });
});

describe('change', () => {
  it.each([
    ['100', '105', '+5.0%'],
    ['100', '92.9', '−7.1%'],
    ['100', '100.01', '+0.0%'],
    ['100', '100.00', '0.0%'],
    ['0', '12', 'new'],
    ['0', '0', '0.0%'],
    ['-10', '-5', '+50.0%'],
    ['3', '10', '+233.3%'],
  ])('%s to %s is %s', (from, to, text) => expect(formatChange(from, to)).toBe(text));

  it('is unknown where a side is', () => {
    expect(formatChange(null, '1')).toBeNull();
    expect(formatMoneyChange('1', null)).toBeNull();
  });

  it('in money', () => {
    expect(formatMoneyChange('47404.94', '49754.96')).toBe('+$2,350.02');
    expect(formatMoneyChange('2555.99', '2375.27')).toBe('−$180.72');
    expect(formatMoneyChange('5', '5')).toBe('$0.00');
    expect(formatMoneyChange('0.1', '0.3')).toBe('+$0.2000');
  });
});

describe('quantity', () => {
  it.each([
    ['9412345678', 'requests', '9.41 B', 'requests'],
    ['40217408', 'requests', '40.2 M', 'requests'],
    ['999999', 'requests', '999,999', 'requests'],
    ['418200', 'GB', '418.2', 'TB'],
    ['1500', 'bytes', '1.5', 'kB'],
    ['2140', 'Mb/s', '2,140', 'Mb/s'],
    ['0.00001', 'GB', '10', 'kB'],
    ['0', 'GB', '0', 'GB'],
    ['0.001', 'B', '<0.01', 'B'],
    ['12.3456', 'GB-months', '12.35', 'GB-months'],
    ['0.1234567', 'hours', '0.1235', 'hours'],
    ['0.00001', 'hours', '<0.0001', 'hours'],
    ['1234.5678', 'hours', '1,235', 'hours'],
    ['-2000000', '', '−2 M', ''],
    ['many', 'seats', 'many', 'seats'],
  ])('%s %s is %s %s', (amount, unit, figure, shown) => expect(formatQuantity(amount, unit)).toEqual({ figure, unit: shown }));
});

describe('counts, shares and ids', () => {
  it('counts', () => {
    expect(formatCount(20000)).toBe('20,000');
    expect(plural(1, 'account')).toBe('1 account');
    expect(plural(1200, 'account')).toBe('1,200 accounts');
    expect(plural(2, 'entry', 'entries')).toBe('2 entries');
  });

  it('here and below', () => {
    expect(formatHereBelow(31, 80)).toBe('31 / 80');
    expect(formatHereBelow(44, 44)).toBe('44');
  });

  it('shares', () => {
    expect(formatPercent(0.2578)).toBe('25.8%');
    expect(formatPercent(20.911)).toBe('2,091.1%');
    expect(formatPercent(0.5, 0)).toBe('50%');
  });

  it('shortens long ids only', () => {
    expect(shortId('b034ccfb0000000000000000000ad230')).toBe('b034ccfb…d230');
    expect(shortId('9a41c2f0e7b6d815')).toBe('9a41c2f0e7b6d815');
  });
});
