import type { QueryKey } from '@tanstack/react-query';
import type { Coverage } from '../../contract/canopy/hierarchy.ts';
import type { ErrorReport } from '../../contract/envelope.ts';
import { useAskNow } from '../queries/ask-now.ts';
import { useRefreshHierarchy } from '../queries/hierarchy.ts';
import { PartialBar } from '../ui/Notice.tsx';
import { ReadBar } from '../ui/ReadBar.tsx';
import { StatusBar } from '../ui/StatusBar.tsx';
import { Time } from '../ui/Time.tsx';

interface Props {
  /** The list: React Query's answer to it. */
  list: {
    data: { result: { coverage: Coverage } } | undefined;
    failureReason: { report: ErrorReport } | null;
    isFetching: boolean;
  };
  queryKey: QueryKey;
  /** What an organization is called. */
  nameOf: (organizationId: string) => string;
}

/**
 * Over a list that is read organization by organization: that reading it waits, how old it is, which organizations did
 * not answer, and reading those again.
 */
export function CoverageBar({ list, queryKey, nameOf }: Props) {
  const askNow = useAskNow();
  const coverage = list.data?.result.coverage;
  return (
    <>
      <ReadBar
        failure={list.failureReason?.report}
        asOf={coverage?.asOf}
        onRetry={() => askNow(queryKey)}
        working={list.isFetching}
      />
      {coverage && coverage.failed.length > 0 && <Silent coverage={coverage} nameOf={nameOf} />}
    </>
  );
}

function Silent({ coverage, nameOf }: { coverage: Coverage; nameOf: Props['nameOf'] }) {
  const refresh = useRefreshHierarchy();
  return (
    <PartialBar
      answered={coverage.answered}
      total={coverage.total}
      what="organizations"
      missing={coverage.failed.map(({ organizationId, error }) => `${nameOf(organizationId)}: ${error.message}`).join(' ')}
      onRetry={() => refresh.mutate(coverage.failed.map(({ organizationId }) => organizationId))}
      working={refresh.isPending}
    />
  );
}

/** Under it: how much has been read and how old it is. */
export function CoverageStatus({
  coverage,
  whole,
}: {
  coverage: Coverage | undefined;
  /** Said when all is read. */ whole: string;
}) {
  return (
    <StatusBar
      end={
        coverage?.asOf && (
          <span>
            As of <Time at={coverage.asOf} show="minute" />
          </span>
        )
      }
    >
      {coverage && coverage.pending > 0 ? `${coverage.answered} of ${coverage.total} organizations read` : whole}
    </StatusBar>
  );
}
