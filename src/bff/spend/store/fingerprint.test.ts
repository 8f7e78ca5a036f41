import { expect, test } from 'vitest';
import { fingerprint } from './fingerprint.ts';

test('equal texts have equal fingerprints, and similar ones do not', () => {
  const texts = ['', '\u0001', '\u0002', 'a', 'b', 'ab', 'ba', 'é'];
  for (let account = 0; account < 300; account++)
    for (let metric = 0; metric < 300; metric++) texts.push(`account-${account}\u0001metric-${metric}\u0002Usage\u0001`);
  for (let at = 0; at < 20_000; at++) texts.push(`${'x'.repeat(at % 200)}${at.toString(2).padStart(20, '0')}`);
  const different = new Set(texts);
  expect(new Set(texts.map(fingerprint)).size).toBe(different.size);
  expect(fingerprint(['account', 7].join('-'))).toBe(fingerprint('account-7'));
});
