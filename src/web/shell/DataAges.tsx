import { useIsFetching, useQueryClient } from '@tanstack/react-query';
import { RotateCw } from 'lucide-react';
import type { Coverage } from '../../contract/canopy/hierarchy.ts';
import { formatCount, plural } from '../lib/count.ts';
import { useRefreshHierarchy } from '../queries/hierarchy.ts';
import { Button } from '../ui/Button.tsx';
import { Age, Time } from '../ui/Time.tsx';
import { useScopeTree } from './scope-tree.ts';

/** What was read when, and reading it again with what that costs. */
export function DataAges({ asOf, onDone }: { asOf: string; onDone: () => void }) {
  const client = useQueryClient();
  const { hierarchy, tree, organizationId } = useScopeTree();
  const refresh = useRefreshHierarchy();
  const fetching = useIsFetching() > 0 || refresh.isPending;
  const organizations = tree && organizationId !== null ? tree.subtreeOf(organizationId).map(({ id }) => id) : [];
  const readAgain = async () => {
    // more than the BFF takes by name: everything
    await refresh.mutateAsync(organizations.length > 1000 ? undefined : organizations).catch(() => undefined);
    await client.invalidateQueries({ type: 'active' });
    onDone();
  };
  return (
    <div className="flex flex-col gap-2 text-sm">
      <p>
        Oldest answer on this screen: <Time at={asOf} show="clock" />, <Age at={asOf} />.
      </p>
      {hierarchy && (
        <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-xs text-muted">
          <dt>Organizations</dt>
          <dd className="text-right">
            {formatCount(hierarchy.nodes.length)}
            {hierarchy.complete ? '' : ', not all'}, <Time at={hierarchy.asOf} show="minute" />
          </dd>
          <dt>Accounts</dt>
          <dd className="text-right">
            <CoverageWords coverage={hierarchy.accounts} />
          </dd>
          <dt>Members</dt>
          <dd className="text-right">
            <CoverageWords coverage={hierarchy.members} />
          </dd>
        </dl>
      )}
      <p className="text-xs text-muted">
        Reading again asks Cloudflare about {plural(organizations.length, 'organization')}: about{' '}
        {plural(organizations.length * 2 + 1, 'request')} of the rate budget.
      </p>
      <Button
        icon={RotateCw}
        size="toolbar"
        className="self-start"
        working={fetching && 'Reading…'}
        onClick={() => void readAgain()}
      >
        Read again
      </Button>
    </div>
  );
}

function CoverageWords({ coverage }: { coverage: Coverage }) {
  return (
    <>
      {formatCount(coverage.answered)} of {formatCount(coverage.total)}
      {coverage.failed.length > 0 && <span className="text-danger-ink">, {formatCount(coverage.failed.length)} failed</span>}
      {coverage.asOf !== null && (
        <>
          , <Time at={coverage.asOf} show="minute" />
        </>
      )}
    </>
  );
}
