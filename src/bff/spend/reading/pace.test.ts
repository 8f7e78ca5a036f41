import { expect, test } from 'vitest';
import { secondsLeft } from './pace.ts';

test('the rest takes as long as the request budget makes it', () => {
  expect(secondsLeft({ done: 600, total: 600 + 9 * 630, calls: 600 })).toBe(9 * 300); // nine windows of 630 calls
  expect(secondsLeft({ done: 600, total: 600 + 9 * 630, calls: 60 })).toBe(270); // ten days a call
});

test('nothing is told before anything was read, and nothing below nothing', () => {
  expect(secondsLeft({ done: 0, total: 6_800, calls: 0 })).toBeNull();
  expect(secondsLeft({ done: 12, total: 10, calls: 12 })).toBe(0);
});
