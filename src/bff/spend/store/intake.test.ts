import { expect, test } from 'vitest';
import { Intake } from './intake.ts';
import { recordOf } from './record.ts';
import type { SeriesBook } from './series.ts';

test('long rows are handed over before they fill the memory', () => {
  const handed: { rows: number; characters: number | undefined }[] = [];
  const appender = {
    mostRows: 512,
    append: (columns: readonly (readonly unknown[])[], characters?: number) =>
      handed.push({ rows: columns[0]?.length ?? 0, characters }),
    close: () => undefined,
    abandon: () => undefined,
  };
  const series = { numberOf: () => 1, finish: () => undefined } as unknown as SeriesBook; // all that is asked of it
  const day = '2026-01-31';
  const intake = new Intake(appender, series, [day]);
  for (let at = 0; at < 300; at++) intake.take(recordOf({ ChargePeriodStart: day }, { Tags: 'x'.repeat(30_000) }));
  intake.finish();
  expect(handed.reduce((sum, { rows }) => sum + rows, 0)).toBe(300);
  for (const { characters } of handed) expect(characters).toBeLessThan(2_100_000);
});
