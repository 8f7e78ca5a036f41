import type { ReactNode } from 'react';
import { plural } from '../lib/format.ts';
import { Fact, FactGrid } from '../ui/FactGrid.tsx';
import { Skeleton } from '../ui/Skeleton.tsx';
import { Upstream } from '../ui/Upstream.tsx';
import type { ControlChange, Person } from './control.ts';

const named = 4;

function People({ people }: { people: readonly Person[] }) {
  if (people.length === 0) return <span className="text-muted">nobody</span>;
  const first = people.slice(0, named).map(({ name, email }) => (name === email ? name : `${name} (${email})`));
  const more = people.length - first.length;
  return (
    <>
      {plural(people.length, 'person', 'people')}:{' '}
      <span className="text-muted">
        <Upstream>{first.join(', ')}</Upstream>
        {more > 0 && ` and ${more} more`}
      </span>
    </>
  );
}

interface Props {
  from: ReactNode;
  to: ReactNode;
  /** What goes along. */
  along: ReactNode;
  level?: ReactNode;
  control: { allowed: boolean; change: ControlChange | null };
  /** The person does not see everything above. */
  scoped: boolean;
}

/** What a move changes, said before it is made. */
export function MoveEffects({ from, to, along, level, control, scoped }: Props) {
  const { allowed, change } = control;
  return (
    <div aria-live="polite">
      <FactGrid>
        <Fact term="From">{from}</Fact>
        <Fact term="To">{to}</Fact>
        <Fact term="Goes along">{along}</Fact>
        {level !== undefined && <Fact term="Level">{level}</Fact>}
        {allowed && (
          <>
            <Fact term="Gains control">{change ? <People people={change.gains} /> : <Skeleton width="60%" />}</Fact>
            <Fact term="Loses control">{change ? <People people={change.loses} /> : <Skeleton width="50%" />}</Fact>
            <Fact term="With control">
              {change ? (
                <>
                  {plural(change.before, 'person', 'people')} before, {change.after} after
                  {change.unknown.length > 0 && (
                    <span className="block text-xs text-warning-ink">
                      Not counted, because they could not be read: <Upstream>{change.unknown.join(', ')}</Upstream>
                    </span>
                  )}
                </>
              ) : (
                <Skeleton width="40%" />
              )}
            </Fact>
          </>
        )}
      </FactGrid>
      <ul className="mt-2 list-disc pl-4 text-xs text-muted">
        {!allowed && <li>Your role may not see members, so who gains and loses control is not shown.</li>}
        {scoped && <li>People above the organizations you may see keep their control; they are not counted.</li>}
        <li>What Terraform or another tool says about its place has to be changed there as well.</li>
        <li>Cloudflare may take some minutes until every list shows it.</li>
      </ul>
    </div>
  );
}
