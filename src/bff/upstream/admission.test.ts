import { describe, expect, it } from 'vitest';
import { Problem } from '../problem.ts';
import type { Asking } from '../services.ts';
import { Admission } from './admission.ts';
import type { Pass } from './admission.ts';
import { ManualClock, settle } from './testing.ts';

const problemOf = async (work: Promise<unknown>) => {
  const error: unknown = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  return error instanceof Problem ? error.report : null;
};

describe('admission', () => {
  const start = (limits = { requests: 900, window: 300_000, concurrent: 20 }) => {
    const clock = new ManualClock();
    return { clock, admission: new Admission(clock, limits) };
  };
  const pass = async (admission: Admission, priority: Asking['priority'] = 'interactive') => {
    (await admission.enter('key', priority)).leave(true);
  };

  it('keeps a flood within 900 in any five minutes, a quarter of it for people, and some for small work in the background', async () => {
    const { clock, admission } = start();
    const until = async (priority: Asking['priority']) => {
      let passed = 0;
      while ((await problemOf(pass(admission, priority))) === null) passed += 1;
      return passed;
    };
    expect(await until('bulk')).toBe(630);
    expect(await until('background')).toBe(45);
    let people = 0;
    while ((await problemOf(pass(admission))) === null) people += 1;
    expect(people).toBe(225);
    const refused = await problemOf(pass(admission));
    expect(refused).toMatchObject({ code: 'rate_budget', retryAfterSeconds: 300 });
    await clock.advance(300_000);
    expect(admission.budget().remaining).toBe(900);
    expect(await problemOf(pass(admission))).toBeNull();
  });

  it('lets at most 20 go at once, and people before background work', async () => {
    const { admission } = start();
    const passes: Pass[] = [];
    for (let count = 0; count < 15; count += 1) passes.push(await admission.enter('key', 'background'));
    const order: string[] = [];
    void admission.enter('key', 'background').then(() => order.push('background'));
    await settle();
    expect(order).toEqual([]);
    for (let count = 0; count < 5; count += 1) passes.push(await admission.enter('key', 'interactive'));
    void admission.enter('key', 'interactive').then(() => order.push('interactive'));
    await settle();
    expect(order).toEqual([]);
    passes[0]?.leave(true);
    await settle();
    expect(order).toEqual(['interactive']);
    for (const one of passes.slice(1, 8)) one.leave(true);
    await settle();
    expect(order).toEqual(['interactive', 'background']);
  });

  it('gives up waiting for a lane when nobody waits for the answer', async () => {
    const { admission } = start({ requests: 900, window: 300_000, concurrent: 1 });
    const first = await admission.enter('key', 'interactive');
    const gone = new AbortController();
    const waiting = admission.enter('key', 'interactive', gone.signal);
    gone.abort(new Error('gone'));
    await expect(waiting).rejects.toThrow('gone');
    first.leave(true);
    (await admission.enter('key', 'interactive')).leave(true);
  });

  it('sends nothing while the gate is closed, counts down, and then lets one go first', async () => {
    const { clock, admission } = start();
    const throttled = await admission.enter('key', 'interactive');
    admission.throttled('key', 300_000);
    throttled.leave(false);
    const waits: number[] = [];
    for (let count = 0; count < 100; count += 1) {
      const refused = await problemOf(pass(admission));
      expect(refused?.code).toBe('upstream_throttled');
      waits.push(refused?.retryAfterSeconds ?? 0);
      await clock.advance(2_000);
    }
    expect(waits[0]).toBe(300);
    expect(waits.at(-1)).toBe(102);
    expect(admission.budget().remaining).toBe(899);
    expect(admission.budget().closedUntil).toBe(new Date(clock.now() + 100_000).toISOString());
    expect(await problemOf(admission.enter('token', 'interactive').then((one) => one.leave(true)))).toBeNull();

    await clock.advance(100_000);
    const probe = await admission.enter('key', 'interactive');
    let others = 0;
    const waiting = [1, 2, 3].map(() => admission.enter('key', 'interactive').then((one) => ((others += 1), one.leave(true))));
    expect((await problemOf(pass(admission, 'background')))?.code).toBe('upstream_throttled');
    await settle();
    expect(others).toBe(0);
    probe.leave(true);
    await Promise.all(waiting);
    expect(others).toBe(3);
  });

  it('stays closed when the probe is throttled again', async () => {
    const { clock, admission } = start();
    admission.throttled('key', 60_000);
    await clock.advance(60_000);
    const probe = await admission.enter('key', 'interactive');
    admission.throttled('key', 60_000);
    probe.leave(false);
    expect(await problemOf(pass(admission))).toMatchObject({ code: 'upstream_throttled', retryAfterSeconds: 60 });
  });

  it('holds a person for a short throttle instead of refusing', async () => {
    const { clock, admission } = start();
    admission.throttled('key', 3_000);
    let let_in = false;
    const waiting = pass(admission).then(() => (let_in = true));
    await clock.advance(2_999);
    expect(let_in).toBe(false);
    await clock.advance(1);
    await waiting;
    expect(let_in).toBe(true);
  });

  it('stops background work when upstream itself says that little is left', async () => {
    const { clock, admission } = start();
    admission.heard([{ remaining: 350, limit: 1200, resetIn: 10_000 }]);
    expect(await problemOf(pass(admission, 'bulk'))).toMatchObject({ code: 'rate_budget', retryAfterSeconds: 10 });
    expect(await problemOf(pass(admission, 'background'))).toBeNull();
    admission.heard([{ remaining: 10, limit: 1200, resetIn: 40_000 }]);
    expect(await problemOf(pass(admission, 'background'))).toMatchObject({ code: 'rate_budget', retryAfterSeconds: 40 });
    expect(await problemOf(pass(admission))).toBeNull();
    admission.heard([{ remaining: 0, limit: 1200, resetIn: 40_000 }]);
    expect(await problemOf(pass(admission))).toMatchObject({ code: 'rate_budget', retryAfterSeconds: 40 });
    await clock.advance(40_000);
    expect(await problemOf(pass(admission, 'background'))).toBeNull();
  });

  it('tells beforehand that a write would not go', () => {
    const { admission } = start();
    expect(() => admission.requireRoom('key', 'interactive')).not.toThrow();
    admission.throttled('key', 60_000);
    expect(() => admission.requireRoom('key', 'interactive')).toThrow(Problem);
  });
});
