import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Engine } from './engine.ts';

test('a connection that comes back after the end is closed, and the file can be opened again', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'canopy-engine-'));
  const open = () => new Engine(join(folder, 'canopy.db'), 'write');
  try {
    const engine = open();
    const connection = await engine.take();
    await engine.close();
    engine.give(connection);
    await expect(connection.run('select 1')).rejects.toThrow();
    await expect(engine.take()).rejects.toThrow('The database is closed.');
    const again = open();
    expect((await again.use((own) => own.runAndReadAll('select 1'))).getRowsJson()).toEqual([[1]]);
    await again.close();
  } finally {
    await rm(folder, { recursive: true });
  }
});
