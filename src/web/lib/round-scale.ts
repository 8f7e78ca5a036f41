/** A round maximum above the highest bar with four equal intervals: 1, 2, 2.5 or 5 times a power of ten each. */
export function roundScale(highest: number): { maximum: number; ticks: number[] } {
  if (!(highest > 0)) return { maximum: 1, ticks: [0, 0.25, 0.5, 0.75, 1] };
  const rough = highest / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step =
    [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= rough * (1 - 1e-9)) ?? 10 * power;
  return { maximum: step * 4, ticks: [0, 1, 2, 3, 4].map((index) => step * index) };
}
