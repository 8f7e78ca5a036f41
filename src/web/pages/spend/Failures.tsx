import { RotateCw } from 'lucide-react';
import { mostFailures } from '../../../contract/canopy/spend.ts';
import type { SpendState } from '../../../contract/canopy/spend.ts';
import { plural } from '../../lib/format.ts';
import { Button } from '../../ui/Button.tsx';
import { upstreamWords } from '../../ui/error-facts.ts';
import { ErrorLine } from '../../ui/ErrorState.tsx';
import { failureGroups, failureWords, namesOf } from './failure-groups.ts';
import { asOfWords } from './freshness.ts';

/** What could not be read: of whom at a glance, and why when it is opened. */
export function Failures({
  state,
  whyNot,
  onFetch,
}: {
  state: SpendState;
  whyNot: string | false;
  onFetch: (read: { days: string[]; organizationIds: string[] }) => void;
}) {
  const { failures, sync } = state;
  return (
    <details className="border-b border-line bg-warning-soft">
      <summary className="px-(--gutter) py-2 text-warning-ink">
        <span className="font-medium">
          {failures.length === mostFailures && 'At least '}
          {plural(failures.length, 'organization day')} could not be read
        </span>
        : {namesOf([...new Set(failures.map(({ organizationName }) => organizationName))])}
        {sync.status === 'idle' && `. ${asOfWords(state)}`}
      </summary>
      <ul className="grid gap-2 px-(--gutter) pb-2.5">
        {failureGroups(failures).map((group) => (
          <li key={group.error.requestId}>
            <ErrorLine error={group.error} title={failureWords(group)} />
            <p className="prose-width pl-5 text-muted">
              {upstreamWords(group.error) !== null && group.error.message} {group.error.action}
            </p>
          </li>
        ))}
      </ul>
      <div className="px-(--gutter) pb-3">
        <Button
          size="toolbar"
          icon={RotateCw}
          disabledReason={whyNot}
          onClick={() =>
            onFetch({
              days: [...new Set(failures.map(({ day }) => day))],
              organizationIds: [...new Set(failures.map(({ organizationId }) => organizationId))],
            })
          }
        >
          Fetch again
        </Button>
      </div>
    </details>
  );
}
