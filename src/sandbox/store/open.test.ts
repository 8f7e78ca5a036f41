import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Database } from '../database.ts';
import { dayMilliseconds } from '../seed/days.ts';
import { tiny } from '../seed/tiny.ts';
import { openStore } from './open.ts';
import type { Store } from './store.ts';
import { temporaryStore, testTime } from './testing.ts';

async function contentsOf(store: Store) {
  const organizations = (await store.organizations.list({ limit: 1000 })).rows;
  const range = { since: 0, before: testTime * 2, direction: 'asc', limit: 5000 } as const;
  const parts = [];
  for (const { id } of organizations) {
    parts.push(
      (await store.accounts.list(id, { limit: 1000 })).rows,
      (await store.members.list(id, { limit: 1000 })).rows,
      await store.profiles.get(id),
      (await store.shares.list(id, {})).rows,
      (await store.audit.list(id, range)).rows,
    );
    for await (const rows of store.usage.ofOrganization(id, { from: '2026-11-10', to: '2026-11-22' })) parts.push(rows);
  }
  return { organizations, parts };
}

describe('opening a store', () => {
  it('makes the same data from the same seed and clock, and other data from another seed', async () => {
    const [one, two, three] = [
      await temporaryStore('tiny'),
      await temporaryStore('tiny'),
      await temporaryStore('tiny', { seed: 2 }),
    ];
    expect(await contentsOf(two.store)).toEqual(await contentsOf(one.store));
    const other = await contentsOf(three.store);
    expect(other.organizations).toEqual((await contentsOf(one.store)).organizations);
    expect(other.parts).not.toEqual((await contentsOf(one.store)).parts);
    await Promise.all([one.discard(), two.discard(), three.discard()]);
  });

  it('keeps what was written, and tells what happened while it was closed', async () => {
    const { store, options, discard } = await temporaryStore('tiny', { fixedNow: false });
    await store.organizations.update(tiny.south.id, { name: 'Quillon Far South' });
    const range = { since: 0, before: testTime * 2, direction: 'asc', limit: 5000 } as const;
    const before = await store.audit.list(tiny.root.id, range);
    await store.close();

    const later = await openStore({ ...options, now: () => testTime + 20 * dayMilliseconds });
    expect((await later.organizations.get(tiny.south.id))?.name).toBe('Quillon Far South');
    expect(later.seededAt).toBe(testTime);
    const after = await later.audit.list(tiny.root.id, range);
    expect(after.rows.slice(0, before.rows.length)).toEqual(before.rows);
    expect(after.rows.length).toBeGreaterThan(before.rows.length);
    expect(new Set(after.rows.map(({ id }) => id)).size).toBe(after.rows.length);
    await later.close();

    const again = await openStore({ ...options, now: () => testTime + 20 * dayMilliseconds + 1000 });
    expect(await again.audit.list(tiny.root.id, range)).toEqual(after);
    await again.close();
    await discard();
  });

  it('starts over where a start was killed while it filled the store', async () => {
    const { store, options, discard } = await temporaryStore('tiny');
    await store.close();
    const file = join(options.dataDir, 'sandbox-tiny-1.duckdb');
    const half = await Database.open(file);
    await half.write((writer) => writer.run('delete from facts'));
    await half.write((writer) => writer.run('delete from organizations'));
    await half.close();
    const whole = await openStore(options);
    expect((await whole.organizations.list({ limit: 10 })).total).toBe(4);
    await whole.close();
    await discard();
  });

  it('makes the data again for another fixed clock', async () => {
    const { store, options, discard } = await temporaryStore('tiny');
    await store.organizations.update(tiny.south.id, { name: 'Changed' });
    await store.close();
    const same = await openStore(options);
    expect((await same.organizations.get(tiny.south.id))?.name).toBe('Changed');
    await same.close();
    const moved = await openStore({ ...options, now: () => testTime + dayMilliseconds });
    expect((await moved.organizations.get(tiny.south.id))?.name).toBe('Quillon South');
    await moved.close();
    await discard();
  });
});
