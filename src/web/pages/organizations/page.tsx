import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useMemo } from 'react';
import type { Hierarchy } from '../../../contract/canopy/hierarchy.ts';
import { useScope } from '../../lib/url-state.ts';
import { useAskNow } from '../../queries/ask-now.ts';
import { hierarchyQuery } from '../../queries/hierarchy.ts';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { PageHead } from '../../ui/PageHead.tsx';
import { ReadBar } from '../../ui/ReadBar.tsx';
import { SkeletonRows } from '../../ui/Skeleton.tsx';
import { SlowNote } from '../../ui/SlowNote.tsx';
import { indexOrganizations } from '../../tree/organization-index.ts';
import { TreeScreen } from './TreeScreen.tsx';

const NoOrganizations = lazy(async () => ({ default: (await import('./NoOrganizations.tsx')).NoOrganizations }));

/** The organizations of a scope as a tree, and everything that can be done with them. */
export function Component() {
  const { organizationId, descendants } = useScope();
  const hierarchy = useQuery(hierarchyQuery());
  const askNow = useAskNow();
  const answer = hierarchy.data?.result;
  if (answer)
    return (
      <Loaded
        key={`${organizationId} ${descendants}`}
        hierarchy={answer}
        organizationId={organizationId}
        descendants={descendants}
      />
    );
  return (
    <>
      <PageHead title="Organizations" />
      {hierarchy.error ? (
        <ErrorState
          error={hierarchy.error.report}
          title="The organizations could not be read"
          onRetry={() => void hierarchy.refetch()}
        />
      ) : (
        <>
          <ReadBar
            failure={hierarchy.failureReason?.report}
            asOf={null}
            onRetry={() => askNow(hierarchyQuery().queryKey)}
            working={hierarchy.isFetching}
          />
          <SkeletonRows columns={['start', 'end', 'end', 'end']} rows={14} />
          <SlowNote title="Waiting for the list of organizations" since={hierarchy.dataUpdatedAt || performance.timeOrigin} />
        </>
      )}
    </>
  );
}

function Loaded({
  hierarchy,
  organizationId,
  descendants,
}: {
  hierarchy: Hierarchy;
  organizationId: string;
  descendants: boolean;
}) {
  const index = useMemo(() => indexOrganizations(hierarchy.nodes), [hierarchy.nodes]);
  const top = index.byId.get(organizationId);
  if (top) return <TreeScreen hierarchy={hierarchy} index={index} top={top} descendants={descendants} />;
  return (
    <Suspense>
      <NoOrganizations />
    </Suspense>
  );
}
