import { expect, test } from 'vitest';
import type { SpendNote } from '../../../contract/canopy/spend-notes.ts';
import { pinsOf } from './note-pins.ts';

const note = (id: string, from: string, to = from): SpendNote => ({
  id,
  kind: 'person',
  from,
  to,
  text: id,
  organizationId: null,
  organizationName: null,
  at: null,
  by: null,
  isMine: false,
});

test('a note stands under the bucket it begins in, or under the first it touches', () => {
  const weeks = [
    { from: '2026-11-02', to: '2026-11-09' },
    { from: '2026-11-09', to: '2026-11-16' },
  ];
  const notes = [
    note('over', '2026-10-01', '2026-10-30'),
    note('began', '2026-10-28', '2026-11-03'),
    note('sunday', '2026-11-08'),
    note('monday', '2026-11-09'),
    note('later', '2026-11-16'),
  ];
  expect(pinsOf(notes, weeks).map(({ index, notes: own }) => [index, own.map(({ id }) => id)])).toEqual([
    [0, ['began', 'sunday']],
    [1, ['monday']],
  ]);
  expect(pinsOf(notes, [])).toEqual([]);
});
