import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { plural } from '../../lib/format.ts';
import { pricingQuery } from '../../queries/rate-card.ts';
import { useReadSpendAgain } from '../../queries/spend-figures.ts';

/** How much of stored usage still waits for its price after a save; says nothing when all is done. */
export function PricingProgress() {
  const left = useQuery(pricingQuery()).data?.result.pricing.monthsLeft ?? 0;
  const readAgain = useReadSpendAgain();
  const before = useRef(0);
  // pricing is a process outside React: its end arrives with the polled state
  useEffect(() => {
    if (before.current > 0 && left === 0) readAgain();
    before.current = left;
  }, [left, readAgain]);
  if (left === 0) return null;
  return <span className="text-info-ink">Stored usage is being priced: {plural(left, 'organization month')} left</span>;
}
