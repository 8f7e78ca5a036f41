/** Bars by day from zero, as wide as the panel. A day without a value is a gap, not a zero. */
export function DailyBars({ days, label }: { days: readonly (number | null)[]; label: string }) {
  const top = Math.max(...days.map((value) => value ?? 0), 0) || 1;
  const path = days
    .map((value, at) => (value === null || value <= 0 ? '' : `M${at * 10} 36v${-Math.max(1, (value / top) * 36)}h8V36z`))
    .join('');
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${days.length * 10 - 2} 36`}
      preserveAspectRatio="none"
      className="mt-2 block h-9 w-full fill-chart-1"
    >
      <path d={path} />
    </svg>
  );
}
