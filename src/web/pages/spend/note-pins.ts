import type { SpendNote } from '../../../contract/canopy/spend-notes.ts';

export interface NotePin {
  /** The bucket it stands under: the first that the notes touch. */
  index: number;
  notes: SpendNote[];
}

/** Notes by the bucket they begin in; those that began before the first stand under the first. */
export function pinsOf(notes: readonly SpendNote[], buckets: readonly { from: string; to: string }[]): NotePin[] {
  const pins = new Map<number, SpendNote[]>();
  for (const note of notes) {
    const index = buckets.findIndex(({ to }) => note.from < to);
    const bucket = buckets[index];
    if (!bucket || note.to < bucket.from) continue;
    const own = pins.get(index);
    if (own) own.push(note);
    else pins.set(index, [note]);
  }
  return [...pins].map(([index, own]) => ({ index, notes: own })).toSorted((a, b) => a.index - b.index);
}
