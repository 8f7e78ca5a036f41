import { describe, expect, it } from 'vitest';
import { isolated, visibleLine, visibleText } from './bidi.ts';

describe('text from upstream', () => {
  it('leaves honest text alone, in any script', () => {
    for (const text of ['Kōwhai Online', 'שלום', 'مرحبا', '株式会社', 'क्‍ष', '👩‍👧', '']) {
      expect(visibleLine(text)).toBe(text);
    }
  });

  it('names an override that would turn a name around', () => {
    expect(visibleText('Acme\u202Egpj.exe')).toEqual([
      { at: 0, kind: 'text', text: 'Acme' },
      { at: 4, kind: 'hidden', code: 'U+202E', name: 'right-to-left override' },
      { at: 5, kind: 'text', text: 'gpj.exe' },
    ]);
  });

  it('names controls, zero-width characters and tags', () => {
    expect(visibleLine('a\u0000b')).toBe('a⟨U+0000⟩b');
    expect(visibleLine('pay\u200Bpal')).toBe('pay⟨U+200B⟩pal');
    expect(visibleLine('x\u{E0041}')).toBe('x⟨U+E0041⟩');
    expect(visibleLine('two\nlines')).toBe('two⟨U+000A⟩lines');
  });

  it('is kept to itself in a sentence', () => {
    expect(isolated('شركة النور')).toBe('\u2068شركة النور\u2069');
    expect(isolated('Acme\u202Egpj')).toBe('\u2068Acme⟨U+202E⟩gpj\u2069');
  });
});
