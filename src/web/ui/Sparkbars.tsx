/** Bars of two pixels from zero: a flat month looks flat, and a day without a value is a gap, not a zero. */
export function Sparkbars({ values, label }: { values: readonly (number | null)[]; label: string }) {
  const top = Math.max(...values.map((value) => value ?? 0), 0) || 1;
  const width = values.length * 3 - 1;
  const path = values
    .map((value, index) => {
      if (value === null || value <= 0) return '';
      const height = Math.max(1, Math.round((value / top) * 14 * 2) / 2);
      return `M${index * 3} 14v-${height}h2v${height}z`;
    })
    .join('');
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${width} 14`}
      className="inline-block h-3.5 shrink-0 align-middle text-faint"
      style={{ width: `${width / 16}rem` }}
      shapeRendering="crispEdges"
    >
      <path d={path} fill="currentColor" />
    </svg>
  );
}
