import { formatCount, notAvailable, plural } from '../lib/format.ts';
import { HereBelow } from '../ui/Quantity.tsx';
import { tip } from '../ui/tip.ts';
import type { RollUp } from './organization-index.ts';

/**
 * A count here, and with descendants. Where some organizations did not say theirs, the sum is a lower bound and says so;
 * where this one did not, the count is a word and not a zero.
 */
export function Count({ of, reading }: { of: RollUp; reading: boolean }) {
  const missing = `${plural(of.missing, 'organization')} ${reading ? 'still being read' : 'did not answer'}`;
  if (of.missing === 0) return <HereBelow here={of.here ?? 0} below={of.within} />;
  const here = of.here === null ? (reading ? '…' : notAvailable) : formatCount(of.here);
  if (of.here === null && of.within === 0) {
    return (
      <span className="text-faint" {...tip(missing)}>
        {here}
        <span className="sr-only"> {missing}</span>
      </span>
    );
  }
  return (
    <span className="tabular" {...tip(missing)}>
      <span className={of.here === null ? 'text-faint' : undefined}>{here}</span>{' '}
      <span className="text-faint">
        <span aria-hidden="true">/ </span>
        {formatCount(of.within)}+<span className="sr-only"> with descendants, {missing}</span>
      </span>
    </span>
  );
}
