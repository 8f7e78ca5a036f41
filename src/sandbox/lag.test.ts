import { describe, expect, it } from 'vitest';
import { Lag } from './lag.ts';

function lagAt() {
  const clock = { now: 0 };
  return { clock, lag: new Lag(() => clock.now) };
}

describe('Lag', () => {
  it('hides a new thing until its time', () => {
    const { clock, lag } = lagAt();
    lag.hide('new', 1000, 'list');
    lag.hide('at-once', 0, 'list');
    expect(lag.isHidden('new')).toBe(true);
    expect(lag.hiddenWithin('list')).toEqual(['new']);
    expect(lag.hiddenWithin('other')).toEqual([]);
    clock.now = 1000;
    expect(lag.isHidden('new')).toBe(false);
    expect(lag.hiddenWithin('list')).toEqual([]);
  });

  it('acts later, in order for one subject, and loses nothing at the end', async () => {
    const { clock, lag } = lagAt();
    const done: string[] = [];
    const act = (name: string) => async () => void done.push(name);
    await lag.act('a', 0, act('a at once'));
    await lag.act('a', 1000, act('a later'));
    await lag.act('b', 1000, act('b later'));
    await lag.settle();
    expect(done).toEqual(['a at once']);
    await lag.act('a', 1000, act('a again'));
    expect(done).toEqual(['a at once', 'a later']);
    clock.now = 1000;
    await lag.settle();
    expect(done).toEqual(['a at once', 'a later', 'b later', 'a again']);
    await lag.act('c', 5000, act('c last'));
    await lag.finish();
    expect(done.at(-1)).toBe('c last');
  });
});
