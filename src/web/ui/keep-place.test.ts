import { describe, expect, it } from 'vitest';
import { shiftOf } from './keep-place.ts';

const lines = (ids: string) => ids.split('').map((id) => ({ id }));
const placesOf = (ids: string) => new Map(ids.split('').map((id, index) => [id, index]));

describe('the line at the top of the view', () => {
  it('moves up by what was dropped above it', () => expect(shiftOf(lines('abcdef'), placesOf('cdefgh'), 3)).toBe(-2));
  it('moves down by what came above it', () => expect(shiftOf(lines('cdef'), placesOf('abcdef'), 1)).toBe(2));
  it('stays when lines come below', () => expect(shiftOf(lines('abc'), placesOf('abcdef'), 1)).toBe(0));
  it('is stood for by the next one when it is gone itself', () => expect(shiftOf(lines('abcdef'), placesOf('cdef'), 1)).toBe(-2));
  it('stays where the room of dropped lines is kept', () =>
    expect(
      shiftOf(
        lines('abcdef'),
        new Map([
          ['c', 2],
          ['d', 3],
        ]),
        3,
      ),
    ).toBe(0));
  it('is found among lines that stand after others', () => expect(shiftOf(lines('cdef'), placesOf('abcdef'), 3, 2)).toBe(0));
  it('is nowhere in another list', () => expect(shiftOf(lines('abc'), placesOf('xyz'), 1)).toBe(0));
});
