import { notAvailable } from '../lib/format.ts';
import { Money } from './Money.tsx';
import { tip } from './tip.ts';

/** One answer names so many groups, the largest. */
export const onlyLargest = 'only the accounts that cost most are named; open Usage & cost for the others';

/** In the place of a cost: a dash where no record has one; where that is not known no dash, but why, or nothing while it is asked. */
export function NoCost({ why }: { why: string | null }) {
  if (why === null) return <Money amount={undefined} />;
  if (why === '') return null;
  return (
    <span className="text-faint" {...tip(why)}>
      {notAvailable}
    </span>
  );
}
