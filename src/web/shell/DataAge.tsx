import { useIsFetching, useQueryClient } from '@tanstack/react-query';
import { Clock, ClockAlert, RotateCw } from 'lucide-react';
import type { Coverage } from '../../contract/canopy/hierarchy.ts';
import { useNow } from '../lib/clock.ts';
import { formatMinute } from '../lib/format-time.ts';
import { formatCount, plural } from '../lib/format.ts';
import { usePreferences } from '../lib/preferences.ts';
import { useRefreshHierarchy } from '../queries/hierarchy.ts';
import { Button } from '../ui/Button.tsx';
import { classes } from '../ui/classes.ts';
import { Popover } from '../ui/Popover.tsx';
import { Age, Time } from '../ui/Time.tsx';
import { useOldestShown } from './data-age.ts';
import { useScopeTree } from './scope-tree.ts';

/** From this age on the clock asks for attention. */
const staleAfter = 15 * 60_000;

/** How old the oldest answer on the screen is; opens what was read when, and reads it again. */
export function DataAge() {
  const asOf = useOldestShown();
  const { timeZone } = usePreferences();
  const stale = useNow() - Date.parse(asOf ?? '') > staleAfter;
  if (asOf === null) return null;
  const Icon = stale ? ClockAlert : Clock;
  return (
    <Popover
      label="Age of the data"
      align="end"
      width={300}
      trigger={(props) => (
        <button
          type="button"
          className={classes(
            'tabular inline-flex h-(--control-toolbar) items-center gap-1.5 rounded-md px-1.5 text-xs whitespace-nowrap hover:bg-hover',
            stale ? 'text-warning-ink' : 'text-muted hover:text-ink',
          )}
          {...props}
        >
          <Icon className="size-3.5" />
          <span>
            <span className="max-xl:sr-only">As of </span>
            {formatMinute(asOf, timeZone)}
          </span>
        </button>
      )}
    >
      {(close) => <Ages asOf={asOf} onDone={close} />}
    </Popover>
  );
}

function Ages({ asOf, onDone }: { asOf: string; onDone: () => void }) {
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
