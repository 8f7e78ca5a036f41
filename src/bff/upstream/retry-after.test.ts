import { describe, expect, it } from 'vitest';
import { readRetryAfter } from './retry-after.ts';

const now = Date.UTC(2026, 9, 15, 12);

describe('Retry-After', () => {
  it.each([
    ['3', 3_000],
    [' 3 ', 3_000],
    ['0', 1_000],
    ['0.5', 1_000],
    ['300', 300_000],
    ['86400', 300_000],
    ['999999999999999999999', 300_000], // would overflow a timer and fire at once
    [new Date(now + 7_000).toUTCString(), 7_000],
    [new Date(now - 7_000).toUTCString(), 1_000],
    ['Fri, 31 Dec 9999 23:59:59 GMT', 300_000],
    [null, 60_000],
    ['', 60_000],
    ['abc', 60_000],
    ['-5', 60_000],
    ['NaN', 60_000],
    ['Infinity', 60_000],
    ['1e9', 60_000],
    ['Thu, no such day', 60_000],
  ])('%j waits %d ms', (value, milliseconds) => {
    expect(readRetryAfter(value, now)).toBe(milliseconds);
  });
});
