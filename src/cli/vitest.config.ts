import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: join(import.meta.dirname, '../..'),
  test: {
    include: ['src/**/*.test.{ts,tsx}'],
    // the database is native code, which may outlive a thread and then takes the whole process down
    pool: 'forks',
    // integration tests mostly wait: for timers, sockets and usage that is read in the background
    maxWorkers: Math.max(3, availableParallelism() - 1),
    isolate: false,
    testTimeout: 20_000,
    hookTimeout: 30_000,
  },
});
