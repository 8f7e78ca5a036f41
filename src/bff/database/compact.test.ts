import fc from 'fast-check';
import { expect, test } from 'vitest';
import { slicesOf } from './compact.ts';

test('slices have all rows, and few enough of them and of parts to be written at once', () => {
  const sizes = fc.array(fc.oneof(fc.nat(50), fc.nat(130_000)), { maxLength: 300 });
  fc.assert(
    fc.property(sizes, (parts) => {
      const slices = slicesOf(parts);
      const sum = (some: readonly number[]) => some.reduce((total, one) => total + one, 0);
      expect(sum(slices)).toBe(sum(parts));
      const ends = parts.map((_, at) => sum(parts.slice(0, at + 1)));
      let from = 0;
      for (const rows of slices) {
        expect(rows).toBeLessThanOrEqual(32_768);
        const to = from + rows;
        const touched = ends.filter((end, at) => end > from && end - (parts[at] ?? 0) < to && parts[at] !== 0);
        expect(touched.length).toBeLessThanOrEqual(32);
        from = to;
      }
    }),
  );
});
