import type { Coverage, Hierarchy } from '../../../contract/canopy/hierarchy.ts';
import type { SpendState } from '../../../contract/canopy/spend.ts';
import { StatusBar } from '../../ui/StatusBar.tsx';
import { StripWithWords } from '../../ui/Strip.tsx';
import type { StripCell } from '../../ui/Strip.tsx';
import { Time } from '../../ui/Time.tsx';

/** How complete the page is, source by source. */
export function Completeness({
  hierarchy,
  within,
  spend,
}: {
  hierarchy: Hierarchy;
  within: readonly string[];
  spend: SpendState | null;
}) {
  const here = new Set(within);
  const days = spend?.days.slice(-31, -1) ?? [];
  const stored = days.filter(({ state }) => state === 'stored').length;
  return (
    <StatusBar
      end={
        <span>
          Tree as of <Time at={hierarchy.asOf} show="minute" />
        </span>
      }
    >
      <span className="flex flex-wrap items-center gap-x-5 gap-y-1">
        <span className="font-medium">Completeness</span>
        <Part name="Accounts" coverage={hierarchy.accounts} here={here} />
        {/* a role that may not see members has nothing to wait for */}
        {hierarchy.members.total > 0 && <Part name="Members" coverage={hierarchy.members} here={here} />}
        {days.length > 0 && (
          <span className="inline-flex items-center gap-2">
            Usage{' '}
            <StripWithWords
              label={`Usage: ${stored} of ${days.length} days stored`}
              cells={days.map(({ state }): StripCell => ({
                state: state === 'stored' ? 'done' : state === 'failed' ? 'failed' : state === 'missing' ? 'missing' : 'partial',
              }))}
              words={`${stored} of ${days.length} days`}
            />
          </span>
        )}
      </span>
    </StatusBar>
  );
}

function Part({ name, coverage, here }: { name: string; coverage: Coverage; here: ReadonlySet<string> }) {
  const failed = coverage.failed.filter(({ organizationId }) => here.has(organizationId)).length;
  return (
    <span className="inline-flex items-center gap-2">
      {name}{' '}
      <StripWithWords
        label={`${name}: ${coverage.answered} of ${coverage.total} organizations answered`}
        cells={[
          { state: 'done', count: coverage.answered },
          { state: 'failed', count: failed },
          { state: 'waiting', count: coverage.pending },
        ]}
        words={`${coverage.answered} of ${coverage.total}`}
      />
    </span>
  );
}
