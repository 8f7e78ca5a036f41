import type { Allowance } from '../../../contract/canopy/forecast.ts';
import { rangeWords } from '../../lib/date-range.ts';
import { formatPercent, formatQuantity } from '../../lib/format.ts';
import { TextAction } from '../../ui/Link.tsx';
import { quantityBeside } from './allowance.ts';

/** The line of the chart in words, and the way to see it: added up from the first day of the billing cycle. */
export function AllowanceWords({ allowance, onShow }: { allowance: Allowance; onShow: (() => void) | null }) {
  const { included, unit, cycle, share } = allowance;
  const { figure, unit: name } = formatQuantity(included, unit);
  return (
    <span>
      {share <= 1 ? formatPercent(share, 0) : quantityBeside(allowance, allowance.used)} of {figure} {name} included from{' '}
      {rangeWords({ from: cycle.from, before: cycle.to })} is used.
      {onShow && (
        <>
          {' '}
          <TextAction size="xs" onPress={onShow}>
            Show against the allowance
          </TextAction>
        </>
      )}
    </span>
  );
}
