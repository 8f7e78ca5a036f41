/** A run of text as it is, or one character that cannot be seen but changes how the rest reads. */
export type VisibleRun = { at: number } & ({ kind: 'text'; text: string } | { kind: 'hidden'; code: string; name: string });

const names: Readonly<Record<number, string>> = {
  0x00: 'null',
  0x09: 'tab',
  0x0a: 'line break',
  0x0d: 'carriage return',
  0x1b: 'escape',
  0xad: 'soft hyphen',
  0x200b: 'zero-width space',
  0x200e: 'left-to-right mark',
  0x200f: 'right-to-left mark',
  0x202a: 'left-to-right embedding',
  0x202b: 'right-to-left embedding',
  0x202c: 'end of direction',
  0x202d: 'left-to-right override',
  0x202e: 'right-to-left override',
  0x2066: 'left-to-right isolate',
  0x2067: 'right-to-left isolate',
  0x2068: 'isolate',
  0x2069: 'end of isolate',
  0xfeff: 'byte order mark',
};

const ranges: readonly (readonly [number, number])[] = [
  [0x00, 0x1f],
  [0x7f, 0x9f],
  [0xad, 0xad],
  [0x061c, 0x061c],
  [0x180e, 0x180e],
  [0x200b, 0x200b],
  [0x200e, 0x200f],
  [0x2028, 0x202e],
  [0x2060, 0x206f],
  [0xfeff, 0xfeff],
  [0xfff9, 0xfffb],
  [0xe0000, 0xe007f],
];

function isHidden(point: number): boolean {
  return ranges.some(([from, to]) => point >= from && point <= to);
}

/**
 * Text that came from upstream, with the characters that deceive taken out and named: direction overrides and marks,
 * zero-width characters, controls, tags. A name may carry them by accident or on purpose; people must see them.
 * Joiners between letters of scripts that need them are left alone.
 */
export function visibleText(text: string): VisibleRun[] {
  const runs: VisibleRun[] = [];
  let plain = '';
  let at = 0;
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    at += character.length;
    if (!isHidden(point)) {
      plain += character;
      continue;
    }
    if (plain) runs.push({ at: at - character.length - plain.length, kind: 'text', text: plain });
    plain = '';
    const code = `U+${point.toString(16).toUpperCase().padStart(4, '0')}`;
    runs.push({ at: at - character.length, kind: 'hidden', code, name: names[point] ?? 'control character' });
  }
  if (plain || runs.length === 0) runs.push({ at: at - plain.length, kind: 'text', text: plain });
  return runs;
}

/** The same in one line of plain text, for titles and accessible names: `Acme⟨U+202E⟩`. */
export function visibleLine(text: string): string {
  return visibleText(text)
    .map((run) => (run.kind === 'text' ? run.text : `⟨${run.code}⟩`))
    .join('');
}

/**
 * A name from upstream inside a sentence of plain text, for toasts, titles and labels: its direction turns nothing
 * around it, and what hides in it is named. Where elements can stand, use `Upstream`.
 */
export function isolated(name: string): string {
  return `\u2068${visibleLine(name)}\u2069`;
}
