import { expect, test } from 'vitest';
import { jumpOf } from './jump.ts';

const dollars = { inForce: 'USD', draft: 'USD' };

test.each([
  ['100', '125', null],
  ['100', '126', 0.26],
  ['100', '75', null],
  ['100', '74', -0.26],
  ['100', null, -1],
  [null, '5', Infinity],
  ['0', '0', null],
  [null, null, null],
])('from %s to %s', (inForce, draft, change) => {
  expect(jumpOf({ inForce, draft, currencies: dollars })).toBe(change);
});

test('another currency is no comparison', () => {
  expect(jumpOf({ inForce: '100', draft: '100', currencies: { inForce: 'USD', draft: 'EUR' } })).toBe(Infinity);
});
