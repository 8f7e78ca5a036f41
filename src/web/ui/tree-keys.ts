/** What a key means in a treegrid that moves by rows first, after the ARIA authoring practices. */

export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

export interface KeyContext {
  /** Of the row in focus; null for a leaf. */
  readonly expanded: boolean | null;
  /** The cell in focus, or null while the whole row is. */
  readonly column: number | null;
  readonly columns: number;
  /** Letters typed a moment ago, which the next letter continues. */
  readonly typing: boolean;
  /** Letters that mean an action here. */
  readonly letters: ReadonlySet<string>;
}

export type KeyCommand =
  | { readonly kind: 'row'; readonly to: 'previous' | 'next' | 'first' | 'last' | 'page-up' | 'page-down' | 'parent' }
  | { readonly kind: 'column'; readonly to: number | null }
  | { readonly kind: 'expand' | 'collapse' | 'expand-siblings' | 'select' | 'open' | 'menu' }
  | { readonly kind: 'letter'; readonly letter: string }
  | { readonly kind: 'type'; readonly text: string }
  /** The key is ours and does nothing here; the page must not scroll. */
  | { readonly kind: 'nothing' };

const rowKeys: Readonly<Record<string, Extract<KeyCommand, { kind: 'row' }>['to']>> = {
  ArrowUp: 'previous',
  ArrowDown: 'next',
  PageUp: 'page-up',
  PageDown: 'page-down',
  Backspace: 'parent',
};

/** The command of a key press, or null where the key is not ours. */
export function commandOf(press: KeyPress, context: KeyContext): KeyCommand | null {
  const control = press.ctrlKey || press.metaKey;
  if (press.altKey) return null;
  const to = rowKeys[press.key];
  if (to) return control ? null : { kind: 'row', to };
  switch (press.key) {
    case 'Home':
    case 'End':
      if (context.column !== null && !control)
        return { kind: 'column', to: press.key === 'Home' ? 0 : Math.max(0, context.columns - 1) };
      return { kind: 'row', to: press.key === 'Home' ? 'first' : 'last' };
    case 'ArrowRight':
      return control ? null : right(context);
    case 'ArrowLeft':
      return control ? null : left(context);
    case 'Enter':
      return control ? null : { kind: 'open' };
    case ' ':
      return control ? null : context.typing ? { kind: 'type', text: ' ' } : { kind: 'select' };
    case 'ContextMenu':
      return { kind: 'menu' };
    case 'F10':
      return press.shiftKey ? { kind: 'menu' } : null;
    case '*':
      return { kind: 'expand-siblings' };
    default:
      return control ? null : letter(press, context);
  }
}

function right({ expanded, column, columns }: KeyContext): KeyCommand {
  if (column === null) return expanded === false ? { kind: 'expand' } : { kind: 'column', to: 0 };
  return column < columns - 1 ? { kind: 'column', to: column + 1 } : { kind: 'nothing' };
}

function left({ expanded, column }: KeyContext): KeyCommand {
  if (column === null) return expanded === true ? { kind: 'collapse' } : { kind: 'nothing' };
  return { kind: 'column', to: column === 0 ? null : column - 1 };
}

/** A lower-case letter may be an action; with Shift, or while a word is being typed, it always finds a name. */
function letter({ key }: KeyPress, { letters, typing }: KeyContext): KeyCommand | null {
  if (!/^.$/u.test(key)) return null; // named keys have longer names
  if (!typing && key === 'u') return { kind: 'row', to: 'parent' };
  if (!typing && letters.has(key)) return { kind: 'letter', letter: key };
  return /[\p{L}\p{N}]/u.test(key) || typing ? { kind: 'type', text: key } : null;
}
