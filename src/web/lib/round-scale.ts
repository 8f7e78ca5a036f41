/**
 * A round maximum above the highest bar, in three to five equal intervals of 1, 2, 2.5 or 5 times a power of ten each: the
 * lowest there is, so that bars fill their plot, and of equal ones that with four.
 */
export function roundScale(highest: number): { maximum: number; ticks: number[] } {
  if (!(highest > 0)) return { maximum: 1, ticks: [0, 0.25, 0.5, 0.75, 1] };
  const power = 10 ** Math.floor(Math.log10(highest / 5));
  const scales = [1, 2, 2.5, 5, 10].flatMap((factor) => {
    const step = factor * power;
    const intervals = Math.max(3, Math.ceil((highest / step) * (1 - 1e-9)));
    return intervals > 5 ? [] : [{ step, intervals, maximum: step * intervals }];
  });
  const [{ step, intervals, maximum }] = scales.toSorted(
    (a, b) => a.maximum - b.maximum || Math.abs(a.intervals - 4) - Math.abs(b.intervals - 4),
  ) as [(typeof scales)[number]]; // ten times the power is at least twice a fifth of the highest
  return { maximum, ticks: Array.from({ length: intervals + 1 }, (_, index) => step * index) };
}
