import { useQuery } from '@tanstack/react-query';
import { useScope } from '../../lib/url-state.ts';
import { rateCardQuery } from '../../queries/rate-card.ts';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { PageHead } from '../../ui/PageHead.tsx';
import { SkeletonRows } from '../../ui/Skeleton.tsx';
import { SpendTabs } from '../../ui/SpendTabs.tsx';
import { RateCardScreen } from './RateCardScreen.tsx';

/** The prices that estimates are made with: every line, what differs for whom, and who changed what. */
export function Component() {
  const { organizationId } = useScope();
  const card = useQuery(rateCardQuery());
  if (card.data) return <RateCardScreen organizationId={organizationId} inForce={card.data.result} />;
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <PageHead title="Rate card" tabs={<SpendTabs organizationId={organizationId} current="rate-card" />} />
      {card.error ? (
        <ErrorState error={card.error.report} title="The rate card could not be read" onRetry={() => void card.refetch()} />
      ) : (
        <SkeletonRows columns={['start', 'start', 'start', 'start']} rows={14} />
      )}
    </div>
  );
}
