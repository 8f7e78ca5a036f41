import { describe, expect, it } from 'vitest';
import { unknownOf, whyNoRecord } from './no-record.ts';

const days = { stored: 0, incomplete: 0, failed: 0, missing: 0, today: 0, ahead: 0 };

describe('why no record answers', () => {
  it('is not that there is none while records wait for a price or days were not read', () => {
    expect(whyNoRecord({ days: { ...days, stored: 3, incomplete: 27 }, unpriced: 35_344 }, false)).toBe('unpriced');
    expect(whyNoRecord({ days: { ...days, stored: 3 }, unpriced: 1 }, true)).toBe('unpriced');
    expect(whyNoRecord({ days: { ...days, missing: 3 }, unpriced: 0 }, true)).toBe('unread');
    expect(whyNoRecord({ days: { ...days, stored: 19, missing: 11 }, unpriced: 0 }, true)).toBe('filtered');
    expect(whyNoRecord({ days: { ...days, stored: 19, missing: 11 }, unpriced: 0 }, false)).toBe('none');
  });

  it('is that the days have not begun, where none has', () => {
    expect(whyNoRecord({ days: { ...days, ahead: 7 }, unpriced: 0 }, false)).toBe('ahead');
    expect(whyNoRecord({ days: { ...days, missing: 1, ahead: 6 }, unpriced: 0 }, false)).toBe('unread');
    expect(unknownOf({ days: { ...days, ahead: 7 }, unpriced: 0 })).toEqual([]);
  });

  it('says what is not known', () => {
    expect(unknownOf({ days: { ...days, stored: 1, missing: 1, failed: 2, incomplete: 1 }, unpriced: 1 })).toEqual([
      '1 record of these days waits for a price.',
      '1 day of the range was never read.',
      '2 days could not be read.',
      '1 day is not whole.',
    ]);
  });
});
