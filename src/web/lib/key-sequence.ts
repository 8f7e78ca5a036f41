/** Keys and short sequences of keys ("g o"), as pure steps: state and key in, state and match out. */

/** A key press in the words of `KeyboardEvent`. */
export interface KeyPress {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
}

/** What has been typed of a sequence, and when the last key came (milliseconds). */
export interface Typed {
  keys: readonly string[];
  at: number;
}
export const nothingTyped: Typed = { keys: [], at: 0 };

/** A second key counts as part of a sequence for this long. */
export const sequencePause = 1_000;

/** One key as bindings name it: `g`, `?`, `Escape`, `Mod+k` for Ctrl or Command, `Shift+Enter`. */
export function nameOf(press: KeyPress): string {
  const letter = press.key.length === 1;
  const key = press.key === ' ' ? 'Space' : letter && press.shiftKey ? press.key : letter ? press.key.toLowerCase() : press.key;
  const mod = press.ctrlKey || press.metaKey ? 'Mod+' : '';
  const alt = press.altKey ? 'Alt+' : '';
  // a shifted letter or sign is its own key already
  const shift = press.shiftKey && (!letter || mod !== '') ? 'Shift+' : '';
  return `${mod}${alt}${shift}${mod === '' ? key : key.length === 1 ? key.toLowerCase() : key}`;
}

export interface Step {
  typed: Typed;
  /** The binding that is complete with this key. */
  match: string | null;
  /** True while the keys so far begin a longer binding. */
  pending: boolean;
}

/**
 * Adds a key. A key that does not continue what was typed starts anew, so a slip never swallows the next key.
 * Bindings are the sequences in force, keys parted by spaces.
 */
export function step(typed: Typed, key: string, at: number, bindings: readonly string[]): Step {
  const before = at - typed.at <= sequencePause ? typed.keys : [];
  const attempts = before.length > 0 ? [[...before, key], [key]] : [[key]];
  for (const keys of attempts) {
    const text = keys.join(' ');
    if (bindings.includes(text)) return { typed: nothingTyped, match: text, pending: false };
    if (bindings.some((binding) => binding.startsWith(`${text} `))) return { typed: { keys, at }, match: null, pending: true };
  }
  return { typed: nothingTyped, match: null, pending: false };
}

/** Modifier combinations and Escape work everywhere; plain keys are text while somebody types. */
export function worksWhileTyping(keys: string): boolean {
  return keys.startsWith('Mod+') || keys === 'Escape';
}
