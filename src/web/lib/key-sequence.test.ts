import { describe, expect, test } from 'vitest';
import { nameOf, nothingTyped, sequencePause, step, worksWhileTyping } from './key-sequence.ts';
import type { KeyPress } from './key-sequence.ts';

const press = (key: string, modifiers: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...modifiers,
});
const bindings = ['g o', 'g h', '?', '/', 'd .', 'Mod+k', 'Escape'];

/** Types keys 100 ms apart and answers what matched. */
function type(...keys: string[]): (string | null)[] {
  let typed = nothingTyped;
  return keys.map((key, index) => {
    const next = step(typed, key, 1_000 + index * 100, bindings);
    typed = next.typed;
    return next.match;
  });
}

describe('names of keys', () => {
  test('letters, signs and modifiers', () => {
    expect(nameOf(press('g'))).toBe('g');
    expect(nameOf(press('?', { shiftKey: true }))).toBe('?');
    expect(nameOf(press('N', { shiftKey: true }))).toBe('N');
    expect(nameOf(press('G'))).toBe('g'); // caps lock
    expect(nameOf(press('k', { metaKey: true }))).toBe('Mod+k');
    expect(nameOf(press('K', { ctrlKey: true }))).toBe('Mod+k');
    expect(nameOf(press('Enter', { shiftKey: true }))).toBe('Shift+Enter');
    expect(nameOf(press(' '))).toBe('Space');
    expect(nameOf(press('.', { altKey: true }))).toBe('Alt+.');
  });

  test('only combinations and Escape work inside a field', () => {
    expect(['Mod+k', 'Escape', 'g o', '/'].filter(worksWhileTyping)).toEqual(['Mod+k', 'Escape']);
  });
});

describe('sequences', () => {
  test('single keys match at once', () => {
    expect(type('?')).toEqual(['?']);
    expect(type('Mod+k')).toEqual(['Mod+k']);
  });

  test('two keys match on the second', () => {
    expect(type('g', 'o')).toEqual([null, 'g o']);
    expect(type('d', '.')).toEqual([null, 'd .']);
  });

  test('a key that does not continue starts anew', () => {
    expect(type('g', '?')).toEqual([null, '?']);
    expect(type('g', 'g', 'h')).toEqual([null, null, 'g h']);
    expect(type('g', 'x', 'o')).toEqual([null, null, null]);
  });

  test('the second key must come soon', () => {
    const first = step(nothingTyped, 'g', 0, bindings);
    expect(first.pending).toBe(true);
    expect(step(first.typed, 'o', sequencePause, bindings).match).toBe('g o');
    expect(step(first.typed, 'o', sequencePause + 1, bindings).match).toBeNull();
  });
});
