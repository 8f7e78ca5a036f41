import { pathTo } from '../../lib/paths.ts';

/** Usage and cost of some days, narrowed to one value of a dimension; null is the bucket of records without one. */
export function spendAt(
  organizationId: string,
  range: { from: string; to: string },
  only?: { dimension: string; value: string | null },
): string {
  return pathTo('spend', organizationId, {
    from: range.from,
    before: range.to,
    where: only && `${only.dimension}=${encodeURIComponent(only.value ?? '')}`,
  });
}
