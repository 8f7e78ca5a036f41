import { describe, expect, it } from 'vitest';
import { commandOf } from './tree-keys.ts';
import type { KeyContext } from './tree-keys.ts';

const context: KeyContext = { expanded: null, column: null, columns: 4, typing: false, letters: new Set(['r', 'm', 'n', 'N']) };

function press(key: string, held: { ctrl?: boolean; shift?: boolean; alt?: boolean } = {}, change: Partial<KeyContext> = {}) {
  const event = {
    key,
    ctrlKey: held.ctrl ?? false,
    metaKey: false,
    shiftKey: held.shift ?? false,
    altKey: held.alt ?? false,
  };
  return commandOf(event, { ...context, ...change });
}

describe('keys of a treegrid', () => {
  it('moves by rows', () => {
    expect(press('ArrowDown')).toEqual({ kind: 'row', to: 'next' });
    expect(press('ArrowUp')).toEqual({ kind: 'row', to: 'previous' });
    expect(press('PageDown')).toEqual({ kind: 'row', to: 'page-down' });
    expect(press('Home')).toEqual({ kind: 'row', to: 'first' });
    expect(press('End')).toEqual({ kind: 'row', to: 'last' });
    expect(press('End', { ctrl: true }, { column: 2 })).toEqual({ kind: 'row', to: 'last' });
    expect(press('Backspace')).toEqual({ kind: 'row', to: 'parent' });
    expect(press('u')).toEqual({ kind: 'row', to: 'parent' });
  });

  it('opens with Right, then enters the cells', () => {
    expect(press('ArrowRight', {}, { expanded: false })).toEqual({ kind: 'expand' });
    expect(press('ArrowRight', {}, { expanded: true })).toEqual({ kind: 'column', to: 0 });
    expect(press('ArrowRight')).toEqual({ kind: 'column', to: 0 });
    expect(press('ArrowRight', {}, { column: 2 })).toEqual({ kind: 'column', to: 3 });
    expect(press('ArrowRight', {}, { column: 3 })).toEqual({ kind: 'nothing' });
  });

  it('leaves the cells with Left, then closes, and stays on a leaf', () => {
    expect(press('ArrowLeft', {}, { column: 1 })).toEqual({ kind: 'column', to: 0 });
    expect(press('ArrowLeft', {}, { column: 0 })).toEqual({ kind: 'column', to: null });
    expect(press('ArrowLeft', {}, { expanded: true })).toEqual({ kind: 'collapse' });
    expect(press('ArrowLeft', {}, { expanded: false })).toEqual({ kind: 'nothing' });
    expect(press('ArrowLeft')).toEqual({ kind: 'nothing' });
  });

  it('goes to the ends of the row inside the cells', () => {
    expect(press('Home', {}, { column: 2 })).toEqual({ kind: 'column', to: 0 });
    expect(press('End', {}, { column: 2 })).toEqual({ kind: 'column', to: 3 });
  });

  it('opens, selects and shows the menu', () => {
    expect(press('Enter')).toEqual({ kind: 'open' });
    expect(press(' ')).toEqual({ kind: 'select' });
    expect(press('*', { shift: true })).toEqual({ kind: 'expand-siblings' });
    expect(press('F10', { shift: true })).toEqual({ kind: 'menu' });
    expect(press('ContextMenu')).toEqual({ kind: 'menu' });
    expect(press('F10')).toBeNull();
  });

  it('takes letters of actions first, and any letter while a name is typed', () => {
    expect(press('r')).toEqual({ kind: 'letter', letter: 'r' });
    expect(press('b')).toEqual({ kind: 'type', text: 'b' });
    expect(press('R', { shift: true })).toEqual({ kind: 'type', text: 'R' });
    expect(press('r', {}, { typing: true })).toEqual({ kind: 'type', text: 'r' });
    expect(press('u', {}, { typing: true })).toEqual({ kind: 'type', text: 'u' });
    expect(press(' ', {}, { typing: true })).toEqual({ kind: 'type', text: ' ' });
    expect(press('Ō', { shift: true })).toEqual({ kind: 'type', text: 'Ō' });
  });

  it('leaves other keys to the page', () => {
    expect(press('k', { ctrl: true })).toBeNull();
    expect(press('b', { alt: true })).toBeNull();
    expect(press('Escape')).toBeNull();
    expect(press('Tab')).toBeNull();
    expect(press('/')).toBeNull();
    expect(press('?', { shift: true })).toBeNull();
  });
});
