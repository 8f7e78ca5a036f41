import { expect, it } from 'vitest';
import { checkWords } from './CheckRow.tsx';
import { matchesName } from './ConfirmNameField.tsx';

it('the summary of checks counts each kind', () => {
  expect(checkWords(['clear', 'blocker', 'blocker', 'unknown', 'support'])).toBe(
    '2 blockers you can clear, 1 for Cloudflare Support, 1 unknown',
  );
  expect(checkWords(['clear', 'clear'])).toBe('All 2 checks clear');
  expect(checkWords(['clear', 'running'])).toBe('Checking, 1 of 2 left');
});

it('a typed name matches letter by letter', () => {
  expect(matchesName('Calder Valley Schools', 'Calder Valley Schools ')).toBe(true);
  expect(matchesName('Calder Valley Schools', 'calder valley schools')).toBe(false);
  expect(matchesName('', '')).toBe(false);
});
