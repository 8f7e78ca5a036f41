import { expect, it } from 'vitest';
import { isolated } from './isolated.ts';

it('keeps the direction of a name to itself, and an override from leaking', () => {
  expect(isolated('شركة النور')).toBe('\u2068شركة النور\u2069');
  expect(isolated('Acme\u202Egpj')).toBe('\u2068Acme⟨U+202E⟩gpj\u2069');
});
