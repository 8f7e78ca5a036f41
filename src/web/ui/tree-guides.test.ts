import { describe, expect, it } from 'vitest';
import { guidePath } from './tree-guides.ts';

const measures = { rowHeight: 28, indent: 20 };

describe('guides', () => {
  it('draws none for a root', () => {
    expect(guidePath(1, 0, false, measures)).toBe('');
  });

  it('ends the line of a last child at its elbow', () => {
    expect(guidePath(2, 0, false, measures)).toBe('M6.5 0V9.5Q6.5 13.5 10.5 13.5H16.5');
  });

  it('goes on below a child that is not the last', () => {
    expect(guidePath(2, 0b1, false, measures)).toBe('M6.5 0V9.5Q6.5 13.5 10.5 13.5H16.5M6.5 9.5V28');
  });

  it('passes the lines of ancestors that are not the last, and runs on to the glyph of a leaf', () => {
    expect(guidePath(4, 0b001, true, measures)).toBe('M6.5 0V28M46.5 0V9.5Q46.5 13.5 50.5 13.5H70.5');
  });
});
