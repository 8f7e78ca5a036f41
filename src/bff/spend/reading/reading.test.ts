import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { MemoryExhausted } from '../../database/errors.ts';
import { Problem } from '../../problem.ts';
import { addDays } from '../days.ts';
import { recordText } from '../testing.ts';
import { east, everything, root, Scene, usd, west } from '../../../cli/testing/usage-scene.ts';

let scene: Scene;
beforeEach(async () => {
  scene = await Scene.open({ kept: 'in a file' });
});
afterEach(async () => {
  await scene.close();
});

describe('reading', () => {
  test('every day of every organization is read once, and recent ones again', async () => {
    scene.upstream.put(east, '2026-11-02', recordText('a', '2026-11-02', {}, usd('1')));
    await scene.sync();
    const days = (await scene.state()).days;
    expect(days.map(({ state }) => state)).toEqual([...Array.from({ length: 9 }, () => 'stored'), 'today']);
    expect(days[1]?.records).toBe(1);
    const first = scene.upstream.asked.length;
    await scene.sync();
    const again = scene.upstream.asked.slice(first).map(({ from, to }) => [from, to]);
    expect(new Set(again.map(([from]) => from))).toEqual(new Set(['2026-11-10', '2026-11-09', '2026-11-08', '2026-11-07']));
    expect((await scene.ask()).total).toMatchObject({ total: '1', records: 1 });
  });

  const everyDay = (): string[] => Array.from({ length: 10 }, (_, index) => addDays('2026-11-01', index));

  test('one day is asked for with each call', async () => {
    await scene.close();
    scene = await Scene.open({ historyStart: '2026-09-01' });
    for (let day = '2026-09-01'; day <= '2026-11-10'; day = addDays(day, 1))
      for (const id of [root, east, west]) scene.upstream.put(id, day, recordText(id, day, {}, usd('1')));
    await scene.sync();
    expect((await scene.ask({ from: '2026-09-01' })).total).toMatchObject({ total: '213', records: 213 });
    expect(scene.upstream.asked).toHaveLength(213);
    for (const { from, to } of scene.upstream.asked) expect(to).toBe(from);
  });

  test('a day without records is asked for with the day after while it may be that upstream leaves the last one out', async () => {
    scene.upstream.put(west, '2026-11-07', recordText('a', '2026-11-07', {}, usd('1')));
    scene.upstream.put(east, '2026-11-09', recordText('a', '2026-11-09', {}, usd('1')));
    await scene.sync();
    expect((await scene.ask()).total).toMatchObject({ total: '2', records: 2 });
    const older = scene.upstream.asked.filter(({ from }) => from < '2026-11-07');
    expect(older).toHaveLength(18);
    for (const { from, to } of older) expect(to).toBe(from);
    expect(scene.upstream.asked).toContainEqual({ organizationId: east, from: '2026-11-10', to: '2026-11-11' });
  });

  test('what came before a call failed is stored, and what it failed for is asked for again', async () => {
    for (const day of everyDay()) scene.upstream.put(east, day, recordText('a', day, {}, usd('1')));
    let failures = 2;
    scene.upstream.trouble = ({ organizationId, from }) => {
      if (organizationId !== east || from !== '2026-11-03' || failures-- === 0) return;
      throw new Problem({ code: 'rate_budget', message: 'Used up.', action: 'Wait.', retryAfterSeconds: 60 });
    };
    const waiting: unknown[] = [];
    const sleep = scene.clock.sleep.bind(scene.clock);
    scene.clock.sleep = async (milliseconds, signal) => {
      if (milliseconds === 60_000) waiting.push((await scene.ask()).total.total);
      await sleep(milliseconds, signal);
    };
    await scene.sync();
    expect(waiting).toEqual(['7']); // from the fourth on; the first call that fails ends what is stored together
    expect((await scene.ask()).total).toMatchObject({ total: '10', records: 10 });
    const asked = scene.upstream.asked.filter(({ organizationId, from }) => organizationId === east && from > '2026-11-03');
    expect(asked).toHaveLength(7); // none of them twice
    expect((await scene.state()).failures).toEqual([]);
  });

  test('a call that fails takes no other day with it, and two in a row end what would be stored together', async () => {
    for (const day of everyDay()) scene.upstream.put(east, day, recordText('a', day, {}, usd('1')));
    const refuse = (...days: string[]) => {
      scene.upstream.trouble = ({ organizationId, from }) =>
        organizationId === east && days.includes(from) ? '{"success":true,"result":[{"Bill' : undefined;
    };
    const failedDays = async () => (await scene.state()).failures.map(({ day }) => day);
    refuse('2026-11-03');
    await scene.sync();
    expect(await failedDays()).toEqual(['2026-11-03']);
    expect((await scene.ask()).total.total).toBe('9');
    expect(
      scene.upstream.asked.filter(({ organizationId, from }) => organizationId === east && from === '2026-11-03'),
    ).toHaveLength(2);
    refuse('2026-11-09', '2026-11-08');
    await scene.sync();
    expect(await failedDays()).toEqual(['2026-11-09', '2026-11-08', '2026-11-07']);
    expect((await scene.ask()).total.total).toBe('10'); // what was stored stays, and the third was read
  });

  test('an answer that cannot be stored fails alone, and what came with it is stored', async () => {
    for (const day of everyDay()) scene.upstream.put(east, day, recordText('a', day, {}, usd('1')));
    scene.upstream.put(east, '2026-11-02', '{"BillingAccountId":"a",}');
    await scene.sync();
    const { failures } = await scene.state();
    expect(failures.map(({ day, error }) => [day, error.code])).toEqual([['2026-11-02', 'upstream_bad_json']]);
    expect((await scene.ask()).total.total).toBe('9');
  });

  test('what a person asks for is read before the rest of what is under way, and is not stored over', async () => {
    for (const day of everyDay()) scene.upstream.put(east, day, recordText('a', day, {}, usd('1')));
    scene.upstream.piece = async ({ organizationId, from }) => {
      if (organizationId !== east || from !== '2026-11-05') return;
      scene.upstream.piece = async () => undefined;
      // the answer for the sixth is here, and not stored yet
      scene.upstream.put(east, '2026-11-06', recordText('a', '2026-11-06', {}, usd('5')));
      await scene.spend.control(null, { action: 'fetch', days: ['2026-11-06'], organizationIds: [east] });
    };
    await scene.sync();
    expect((await scene.ask()).total.total).toBe('14');
    const asked = scene.upstream.asked.filter(({ organizationId }) => organizationId === east).map(({ from }) => from);
    expect(asked.lastIndexOf('2026-11-06')).toBeGreaterThan(asked.indexOf('2026-11-05'));
    expect(asked.lastIndexOf('2026-11-06')).toBeLessThan(asked.indexOf('2026-11-04'));
    expect((await scene.state()).sync).toMatchObject({ status: 'idle', done: 31, total: 31 });
  });

  test('while it waits for the request budget it says how long the rest takes', async () => {
    let refusals = 3;
    scene.upstream.trouble = ({ organizationId, from }) => {
      if (organizationId !== east || from !== '2026-11-01' || refusals-- <= 0) return;
      throw new Problem({ code: 'rate_budget', message: 'Used up.', action: 'Wait.', retryAfterSeconds: 60 });
    };
    const seen: unknown[] = [];
    const sleep = scene.clock.sleep.bind(scene.clock);
    scene.clock.sleep = async (milliseconds, signal) => {
      if (milliseconds === 60_000) {
        await vi.waitFor(async () => expect((await scene.state()).sync.done).toBe(29), 5_000); // nothing but this is left
        seen.push((await scene.state()).sync);
      }
      await sleep(milliseconds, signal);
    };
    await scene.sync();
    expect(seen.at(-1)).toMatchObject({ status: 'waiting', waitingFor: 'Used up.', secondsLeft: 1 });
    expect((await scene.state()).sync).toMatchObject({ status: 'idle', secondsLeft: null });
  });

  test('an organization that refuses is asked once for the days that would be stored together', async () => {
    scene.upstream.trouble = ({ organizationId }) => {
      if (organizationId === east) throw new Problem({ code: 'upstream_refused', message: 'No.', action: 'Ask.' });
    };
    await scene.sync();
    expect(scene.upstream.asked.filter(({ organizationId }) => organizationId === east)).toHaveLength(4);
    expect((await scene.state()).failures).toHaveLength(10);
  });

  test('with one call for many days, as many as it may bring', async () => {
    await scene.close();
    scene = await Scene.open({ daysPerCall: 4 });
    for (const day of everyDay()) scene.upstream.put(east, day, recordText('a', day, {}, usd('1')));
    await scene.sync();
    expect((await scene.ask()).total).toMatchObject({ total: '10', records: 10 });
    const asked = scene.upstream.asked.filter(({ organizationId }) => organizationId === east);
    // the day after is asked for with the first one of several days, and comes: then it is known that the last one does
    expect(asked.map(({ from, to }) => [from, to])).toEqual([
      ['2026-11-10', '2026-11-10'],
      ['2026-11-07', '2026-11-10'],
      ['2026-11-03', '2026-11-06'],
      ['2026-11-01', '2026-11-02'],
    ]);
  });

  test.each([
    [1, 'excluded'],
    [4, 'excluded'],
    [4, 'included alone'],
  ] as const)('with %i days a call days are whole where the last one is %s', async (daysPerCall, lastDay) => {
    await scene.close();
    scene = await Scene.open({ daysPerCall });
    for (const day of everyDay()) scene.upstream.put(east, day, recordText('a', day, {}, usd('1')));
    scene.upstream.lastDay = lastDay;
    await scene.sync();
    expect((await scene.ask()).total).toMatchObject({ total: '10', records: 10 });
  });

  test('what upstream does with the last day is learned anew by every run', async () => {
    for (const day of everyDay()) scene.upstream.put(east, day, recordText('a', day, {}, usd('1')));
    await scene.sync();
    scene.upstream.lastDay = 'excluded';
    await scene.sync();
    expect((await scene.ask()).total).toMatchObject({ total: '10', records: 10 });
  });

  test('with many days a call, days without records are asked for once', async () => {
    await scene.close();
    scene = await Scene.open({ daysPerCall: 4 });
    await scene.sync();
    const asked = scene.upstream.asked.filter(({ organizationId, from }) => organizationId === east && from < '2026-11-10');
    expect(asked.map(({ from, to }) => [from, to])).toEqual([
      ['2026-11-07', '2026-11-10'],
      ['2026-11-03', '2026-11-07'],
      ['2026-11-01', '2026-11-03'],
    ]);
  });

  test('days are whole where upstream takes no call from a day to the same day', async () => {
    for (const day of everyDay()) scene.upstream.put(east, day, recordText('a', day, {}, usd('1')));
    scene.upstream.lastDay = 'excluded';
    scene.upstream.trouble = ({ from, to }) => {
      if (from === to) throw new Problem({ code: 'upstream_invalid', message: 'To must be after from.', action: 'Change it.' });
    };
    await scene.sync();
    expect((await scene.ask()).total).toMatchObject({ total: '10', records: 10 });
    expect((await scene.state()).failures).toEqual([]);
  });

  test('hours of the last day that do not come with it are not lost', async () => {
    const hours = ['00', '01', '02', '03'];
    for (const day of everyDay()) {
      const records = hours.map((hour, at) => {
        const end = `${day}T${hours[at + 1] ?? '04'}:00:00Z`;
        return recordText('a', day, { ChargePeriodStart: `${day}T${hour}:00:00Z`, ChargePeriodEnd: end }, usd('1'));
      });
      scene.upstream.put(east, day, ...records);
    }
    scene.upstream.lastDay = 'begun';
    await scene.sync();
    expect((await scene.ask({ to: '2026-11-10' })).total).toMatchObject({ total: '36', records: 36 });
  });

  test.each(['upstream_invalid', 'upstream_unexpected', 'upstream_refused', 'upstream_timeout'] as const)(
    'what has not begun may be answered with %s: the day without records stays one',
    async (code) => {
      scene.upstream.trouble = ({ to }) => {
        if (to > '2026-11-10') throw new Problem({ code, message: 'No future.', action: 'Change it.' });
      };
      await scene.sync();
      expect((await scene.state()).failures).toEqual([]);
      expect((await scene.state()).days.at(-1)).toMatchObject({ state: 'today', records: 0 });
    },
  );

  test('a day that changed is replaced, not added to', async () => {
    scene.upstream.put(
      east,
      '2026-11-09',
      recordText('a', '2026-11-09', {}, usd('1')),
      recordText('b', '2026-11-09', {}, usd('2')),
    );
    await scene.sync();
    scene.upstream.put(east, '2026-11-09', recordText('a', '2026-11-09', {}, usd('5')));
    await scene.sync();
    expect((await scene.ask()).groups.map(({ key, total }) => [key, total])).toEqual([['a', '5']]);
  });

  test('an answer cut short leaves what was stored, is kept as a failure and read again', async () => {
    scene.upstream.put(east, '2026-11-09', recordText('a', '2026-11-09', {}, usd('1')));
    await scene.sync();
    scene.upstream.put(east, '2026-11-09', recordText('a', '2026-11-09', {}, usd('9')));
    scene.upstream.trouble = ({ organizationId }) =>
      organizationId === east ? `{"success":true,"result":[${recordText('a', '2026-11-09', {}, usd('9'))},{"Bill` : undefined;
    await scene.sync();
    expect((await scene.ask()).total.total).toBe('1');
    const { failures } = await scene.state();
    expect(failures.map(({ day, organizationName, attempts, error }) => [day, organizationName, attempts, error.code])).toEqual([
      ['2026-11-10', 'Name of east', 1, 'upstream_truncated'],
      ['2026-11-09', 'Name of east', 1, 'upstream_truncated'],
      ['2026-11-08', 'Name of east', 1, 'upstream_truncated'],
      ['2026-11-07', 'Name of east', 1, 'upstream_truncated'],
    ]);
    scene.upstream.trouble = () => undefined;
    await scene.sync();
    expect((await scene.ask()).total.total).toBe('9');
    expect((await scene.state()).failures).toEqual([]);
  });

  test('one organization that refuses does not hold up the others', async () => {
    scene.upstream.put(west, '2026-11-02', recordText('w', '2026-11-02', {}, usd('1')));
    scene.upstream.trouble = ({ organizationId }) => {
      if (organizationId === east) throw new Problem({ code: 'upstream_refused', message: 'No.', action: 'Ask.' });
    };
    await scene.sync();
    const { days, failures, throughDay } = await scene.state();
    expect(days.map(({ state }) => state)).toEqual(Array.from({ length: 10 }, () => 'incomplete'));
    expect([failures.length, throughDay]).toEqual([10, null]);
    expect((await scene.ask()).total.total).toBe('1');
    expect((await scene.spend.state({ ...everything, organization: east })).days[0]?.state).toBe('failed');
  });

  test('one organization whose answer comes slowly does not hold up the others', async () => {
    scene.upstream.put(west, '2026-11-02', recordText('w', '2026-11-02', {}, usd('1')));
    scene.upstream.put(east, '2026-11-10', recordText('e', '2026-11-10', {}, usd('2')));
    let goOn: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (goOn = resolve));
    scene.upstream.piece = async ({ organizationId, from }) => {
      if (organizationId === east && from === '2026-11-10') await gate;
    };
    const read = scene.sync();
    await vi.waitFor(async () => expect((await scene.ask()).total.total).toBe('1'), 5_000);
    goOn();
    await read;
    expect((await scene.ask()).total.total).toBe('3');
  });

  test('a failure that cannot be kept does not hold up the others', async () => {
    scene.upstream.trouble = ({ organizationId }) => {
      if (organizationId === east) throw new Problem({ code: 'upstream_refused', message: 'No.', action: 'Ask.' });
    };
    scene.database.repeatableLoad = async () => {
      throw new Error('no room on the disk');
    };
    await scene.sync();
    const { days, sync } = await scene.spend.state({ ...everything, organization: west });
    expect(days.slice(0, 9).map(({ state }) => state)).toEqual(Array.from({ length: 9 }, () => 'stored'));
    expect([sync.status, sync.done]).toEqual(['idle', sync.total]);
  });

  test('a refusal with status 200 is no empty day', async () => {
    scene.upstream.trouble = () => '{"success":false,"errors":[{"code":1000,"message":"odd"}],"result":null}';
    await scene.sync();
    const { failures, days } = await scene.state();
    expect(days[0]?.state).toBe('failed');
    expect(failures[0]?.error).toMatchObject({
      code: 'upstream_unexpected',
      upstream: { errors: [{ code: 1000 }], rayId: 'ray' },
    });
  });

  test('it waits where Cloudflare asks it to, and says so', async () => {
    let refusals = 3;
    const seen: unknown[] = [];
    scene.upstream.trouble = () => {
      if (refusals-- <= 0) return;
      throw new Problem({ code: 'upstream_throttled', message: 'Slow down.', action: 'Wait.', retryAfterSeconds: 17 });
    };
    const sleep = scene.clock.sleep.bind(scene.clock);
    scene.clock.sleep = async (milliseconds, signal) => {
      if (milliseconds === 17_000) seen.push((await scene.state()).sync);
      await sleep(milliseconds, signal);
    };
    await scene.sync();
    expect(seen).toHaveLength(3);
    expect(seen[0]).toMatchObject({ status: 'waiting', waitingFor: 'Slow down.', secondsLeft: null });
    expect((await scene.state()).days[0]?.state).toBe('stored');
    expect((await scene.state()).failures).toEqual([]);
  });

  test('where there is no memory for it, it waits, and then reads less at once', async () => {
    const { database } = scene;
    const load = database.load.bind(database);
    const waited: (string | null)[] = [];
    let refused = 0;
    database.load = async (work) => {
      if (refused === 5) return load(work);
      refused++;
      throw new MemoryExhausted();
    };
    const sleep = scene.clock.sleep.bind(scene.clock);
    scene.clock.sleep = async (milliseconds, signal) => {
      if (milliseconds >= 5_000 && milliseconds < 60_000) waited.push((await scene.state()).sync.waitingFor);
      await sleep(milliseconds, signal);
    };
    scene.upstream.put(east, '2026-11-02', recordText('a', '2026-11-02', {}, usd('1.5')));
    await scene.sync();
    expect(waited).toContain('Other work has the memory of the database.');
    expect(refused).toBe(5);
    const state = await scene.state();
    expect([state.failures, new Set(state.days.map((day) => day.state)).has('failed')]).toEqual([[], false]);
    expect((await scene.ask()).total.total).toBe('1.5');
  });

  test('pause stops it, also after a restart, and resume goes on', async () => {
    scene.upstream.piece = async () => {
      scene.upstream.piece = async () => undefined;
      await scene.spend.control(null, { action: 'pause' });
    };
    await scene.sync();
    expect((await scene.state()).sync.status).toBe('paused');
    const asked = scene.upstream.asked.length;
    await scene.restart();
    await scene.settled(async () => scene.spend.start());
    expect(scene.upstream.asked).toHaveLength(asked);
    expect((await scene.state()).throughDay).toBeNull();
    await scene.settled(() => scene.spend.control(null, { action: 'resume' }));
    expect((await scene.state()).throughDay).toBe('2026-11-09');
  });

  test('days that are asked for again are read after a pause, also those on their way', async () => {
    await scene.sync();
    const days = ['2026-11-01', '2026-11-02', '2026-11-03', '2026-11-04', '2026-11-05'];
    for (const day of days) scene.upstream.put(west, day, recordText('w', day, {}, usd('1')));
    scene.upstream.piece = async () => {
      scene.upstream.piece = async () => undefined;
      await scene.spend.control(null, { action: 'pause' });
    };
    await scene.settled(() => scene.spend.control(null, { action: 'fetch', days, organizationIds: [west] }));
    expect((await scene.state()).sync.status).toBe('paused');
    await scene.settled(() => scene.spend.control(null, { action: 'resume' }));
    expect((await scene.ask()).total.total).toBe('5');
  });

  test('days that are asked for while a pause takes hold are read', async () => {
    const days = ['2026-11-02', '2026-11-03', '2026-11-04'];
    scene.upstream.piece = async () => {
      scene.upstream.piece = async () => undefined;
      await scene.spend.control(null, { action: 'pause' });
      await scene.spend.control(null, { action: 'fetch', days, organizationIds: [west] });
    };
    await scene.sync();
    const { asked } = scene.upstream;
    for (const day of days) expect(asked).toContainEqual({ organizationId: west, from: day, to: addDays(day, 1) });
  });

  test('killed at any step it goes on without a lost or doubled record', async () => {
    for (const id of [east, west])
      for (let day = 1; day <= 9; day++) {
        const date = `2026-11-0${day}`;
        scene.upstream.put(id, date, recordText(`${id}-a`, date, {}, usd('1')), recordText(`${id}-b`, date, {}, usd('2')));
      }
    scene.upstream.pieceLength = 300;
    let kills = 0;
    for (let life = 0; life < 25; life++) {
      let pieces = life * 3;
      const killed = new Promise<void>((resolve) => {
        scene.upstream.piece = async () => {
          if (pieces-- !== 0) return;
          kills++;
          resolve();
          await Promise.race([scene.spend.close(), Promise.resolve()]);
        };
      });
      const idle = scene.clock.nextLongSleep();
      scene.spend.start();
      await scene.spend.control(null, { action: 'start' });
      await Promise.race([killed, idle]);
      await scene.restart();
    }
    expect(kills).toBeGreaterThan(10);
    scene.upstream.piece = async () => undefined;
    await scene.sync();
    expect((await scene.ask()).total).toMatchObject({ total: '54', records: 36 });
    const { rows } = await spendRecords();
    expect(rows).toBe(36);
  }, 60_000);

  test('days can be asked for again, by people who see the organization', async () => {
    scene.upstream.put(east, '2026-11-02', recordText('a', '2026-11-02'));
    await scene.sync();
    const before = scene.upstream.asked.length;
    await scene.settled(() => scene.spend.control(east, { action: 'fetch', days: ['2026-11-02'], organizationIds: [east] }));
    expect(scene.upstream.asked.slice(before)).toEqual([{ organizationId: east, from: '2026-11-02', to: '2026-11-02' }]);
    await expect(scene.spend.control(east, { action: 'fetch', organizationIds: [west] })).rejects.toThrow(/out_of_scope/);
    await expect(scene.spend.control(east, { action: 'pause' })).rejects.toThrow(/shared by all/);
  });

  test('days that wait to be read are not asked for twice', async () => {
    const days = Array.from({ length: 9 }, (_, day) => `2026-11-0${day + 1}`);
    for (const id of [root, east, west]) for (const day of days) scene.upstream.put(id, day, recordText(id, day));
    await scene.sync();
    const before = scene.upstream.asked.length;
    const again = () => scene.spend.control(null, { action: 'fetch', days, organizationIds: [root, east, west] });
    await scene.settled(() => Promise.all(Array.from({ length: 10 }, again)));
    // what was on its way already is read again, since it may be older than the wish
    expect(scene.upstream.asked.length - before).toBeLessThan(2 * 3 * days.length);
  });

  test('what is odd is noted, once for a kind', async () => {
    scene.upstream.put(
      east,
      '2026-11-02',
      recordText('a', '2026-11-02', { x_New: 1, ChargeCategory: 'Gift' }),
      recordText('a', '2026-11-02', { x_New: 1 }, '"ConsumedQuantity":0.1000000000000000055'),
      recordText('b', 'not a day'),
      'null',
    );
    await scene.sync();
    const { notes } = await scene.state();
    expect(Object.fromEntries(notes.map(({ kind, records }) => [kind, records]))).toEqual({
      collision: 1,
      'no-day': 1,
      'odd-record': 1,
      rounded: 1,
      'unknown-category': 1,
      'unknown-column': 2,
    });
    expect(notes.every(({ text }) => text.endsWith('.'))).toBe(true);
  });
});

async function spendRecords() {
  const { rows } = await scene.database.query
    .selectFrom('usage_record')
    .select((row) => row.fn.countAll<string>().as('rows'))
    .executeTakeFirstOrThrow();
  return { rows: Number(rows) };
}

describe('records of one account in several organizations', () => {
  const put = (id: string, cost: string) =>
    scene.upstream.put(id, '2026-11-02', recordText('shared', '2026-11-02', {}, usd(cost)));

  test('count where the deepest organization reports them, whichever was read first', async () => {
    put(root, '1');
    put(east, '1');
    await scene.sync();
    const answer = await scene.ask({ groupBy: 'organization' });
    expect(answer.groups.map(({ key, total }) => [key, total])).toEqual([[east, '1']]);
    expect((await scene.state()).notes.map(({ kind, records }) => [kind, records])).toEqual([['shared-account', 1]]);
  });

  test('count where they are left when the deeper one no longer reports them', async () => {
    put(root, '1');
    put(east, '1');
    await scene.sync();
    scene.upstream.put(east, '2026-11-02');
    await scene.settled(() => scene.spend.control(null, { action: 'fetch', days: ['2026-11-02'] }));
    expect((await scene.ask({ groupBy: 'organization' })).groups.map(({ key, total }) => [key, total])).toEqual([[root, '1']]);
    expect((await scene.state()).notes).toEqual([]);
  });
});
