import type { ReactNode } from 'react';
import { plural } from '../lib/format.ts';
import { Fact, FactGrid } from '../ui/FactGrid.tsx';
import { Skeleton } from '../ui/Skeleton.tsx';
import { Upstream } from '../ui/Upstream.tsx';
import type { ControlChange, Person } from './control.ts';
import type { ShareChange } from './share-change.ts';

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

function Names({ names }: { names: readonly string[] }) {
  if (names.length === 0) return <span className="text-muted">none</span>;
  return (
    <>
      {names.length}:{' '}
      <span className="text-muted">
        <Upstream>{names.slice(0, named).join(', ')}</Upstream>
        {names.length > named && ` and ${names.length - named} more`}
      </span>
    </>
  );
}

function Unread({ what, names }: { what: string; names: readonly string[] }) {
  if (names.length === 0) return null;
  return (
    <span className="block text-xs text-warning-ink">
      {what}, because they could not be read: <Upstream>{names.join(', ')}</Upstream>
    </span>
  );
}

interface Props {
  from: ReactNode;
  to: ReactNode;
  /** What goes along. */
  along: ReactNode;
  level?: ReactNode;
  control: { allowed: boolean; change: ControlChange | null };
  shares: { allowed: boolean; change: ShareChange | null };
  /** The person does not see everything above. */
  scoped: boolean;
}

/** What a move changes, said before it is made. */
export function MoveEffects({ from, to, along, level, control, shares, scoped }: Props) {
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
                  <Unread what="Not counted" names={change.unknown} />
                </>
              ) : (
                <Skeleton width="40%" />
              )}
            </Fact>
          </>
        )}
        {shares.allowed && <Shares change={shares.change} />}
      </FactGrid>
      <ul className="mt-2 list-disc pl-4 text-xs text-muted">
        {!allowed && <li>Your role may not see members, so who gains and loses control is not shown.</li>}
        {!shares.allowed && <li>Your role may not see shares, so which of them reach it afterwards is not shown.</li>}
        {shares.change && shares.change.given.length > 0 && (
          <li>A share ends for its recipients where its source account leaves the organization.</li>
        )}
        {scoped && <li>People above the organizations you may see keep their control; they are not counted.</li>}
        <li>What Terraform or another tool says about its place has to be changed there as well.</li>
        <li>Cloudflare may take some minutes until every list shows it.</li>
      </ul>
    </div>
  );
}

function Shares({ change }: { change: ShareChange | null }) {
  if (!change) {
    return (
      <Fact term="Shares">
        <Skeleton width="40%" />
      </Fact>
    );
  }
  const { gains, loses, given, unknown } = change;
  if (gains.length + loses.length + given.length + unknown.length === 0) {
    return (
      <Fact term="Shares">
        <span className="text-muted">none gained, none lost</span>
      </Fact>
    );
  }
  return (
    <>
      <Fact term="Gains shares">
        <Names names={gains} />
      </Fact>
      <Fact term="Loses shares">
        <Names names={loses} />
        <Unread what="Not compared" names={unknown} />
      </Fact>
      {given.length > 0 && (
        <Fact term="Source of shares">
          <Names names={given} />
        </Fact>
      )}
    </>
  );
}
