import { describe, expect, it } from 'vitest';
import { placeBeside } from './floating.ts';

const view = { width: 1000, height: 600 };
const anchor = { left: 100, top: 100, width: 80, height: 30 };

describe('a box beside its anchor', () => {
  it('stands under it, with the sides in line', () => {
    expect(placeBeside(anchor, { width: 200, height: 100 }, view)).toMatchObject({ left: 100, top: 134, side: 'below' });
    expect(placeBeside({ ...anchor, left: 500 }, { width: 200, height: 100 }, view, 'end')).toMatchObject({ left: 380 });
    expect(placeBeside({ ...anchor, left: 500 }, { width: 200, height: 100 }, view, 'center')).toMatchObject({ left: 440 });
  });

  it('stands over it where there is more room', () => {
    expect(placeBeside({ ...anchor, top: 500 }, { width: 200, height: 100 }, view)).toMatchObject({ top: 396, side: 'above' });
  });

  it('stays in the window', () => {
    expect(placeBeside({ ...anchor, left: 950 }, { width: 200, height: 100 }, view).left).toBe(792);
    expect(placeBeside({ ...anchor, left: -50 }, { width: 200, height: 100 }, view).left).toBe(8);
  });

  it('says how much room there is for what is too high', () => {
    const placed = placeBeside({ ...anchor, top: 300 }, { width: 200, height: 900 }, view);
    expect(placed).toMatchObject({ side: 'above', room: 288, top: 8 });
  });
});
