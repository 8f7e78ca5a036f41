import { useBudget } from '../queries/exchange-facts.ts';
import { formatCount } from '../lib/count.ts';
import { Link } from '../ui/Link.tsx';
import { RateRing } from '../ui/RateRing.tsx';
import { tip } from '../ui/tip.ts';

/** What is left of the five-minute request budget, as the latest answer said; the link tells more. */
export function RateBudget() {
  const budget = useBudget();
  if (!budget) return null;
  const words = `${formatCount(budget.remaining)} of ${formatCount(budget.limit)} requests left in these five minutes`;
  return (
    <Link
      href="/settings#rate"
      aria-label={`Rate budget: ${words}`}
      className="inline-flex h-(--control-toolbar) items-center rounded-md px-1.5 text-xs hover:bg-hover"
      {...tip(words)}
    >
      <RateRing remaining={budget.remaining} limit={budget.limit} />
    </Link>
  );
}
