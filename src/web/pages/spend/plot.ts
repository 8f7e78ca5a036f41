/** Sides of the plot. The gap map, the tooltip and the brush stand on the same, before the drawing library is loaded. */
export const sides = { left: 52, right: 8, top: 14, bottom: 22 };

/** Which of so many equal steps of the plot a place is in; the first or last where it is beside the plot. */
export function bucketAt(x: number, width: number, buckets: number): number {
  const step = (width - sides.left - sides.right) / Math.max(1, buckets);
  return Math.max(0, Math.min(buckets - 1, Math.floor((x - sides.left) / step)));
}
