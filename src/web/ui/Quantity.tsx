import { formatCount, formatQuantity, noRecord, notAvailable } from '../lib/format.ts';
import { tip } from './tip.ts';

/** How much was used: the figure, and its unit muted. The exact amount is in the tooltip. */
export function Quantity({ amount, unit = '' }: { amount: string | null | undefined; unit?: string | undefined }) {
  if (amount === undefined) return <span className="text-faint">{noRecord}</span>;
  if (amount === null) return <span className="text-faint">{notAvailable}</span>;
  const shown = formatQuantity(amount, unit);
  return (
    <span className="tabular whitespace-nowrap" {...tip(`${amount} ${unit}`.trim())}>
      {shown.figure}
      {shown.unit && <span className="text-muted"> {shown.unit}</span>}
    </span>
  );
}

/** How many are here, and with descendants: `31 / 80`; one number where they are equal. */
export function HereBelow({ here, below }: { here: number; below: number }) {
  if (here === below) return <span className="tabular">{formatCount(here)}</span>;
  return (
    <span className="tabular">
      {formatCount(here)} <span className="sr-only">here, with descendants </span>
      <span className="text-faint">
        <span aria-hidden="true">/ </span>
        {formatCount(below)}
      </span>
    </span>
  );
}
