import type { Coverage } from '../../contract/canopy/hierarchy.ts';
import { useRefreshHierarchy } from '../queries/hierarchy.ts';
import { PartialBar } from '../ui/Notice.tsx';
import { StatusBar } from '../ui/StatusBar.tsx';
import { Time } from '../ui/Time.tsx';

interface Props {
  coverage: Coverage | undefined;
  /** What an organization is called. */
  nameOf: (organizationId: string) => string;
}

/** Over a list that is read organization by organization: which did not answer, and reading those again. */
export function CoverageBar({ coverage, nameOf }: Props) {
  const refresh = useRefreshHierarchy();
  if (!coverage || coverage.failed.length === 0) return null;
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
