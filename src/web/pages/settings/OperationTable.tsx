import { CircleCheck, CircleQuestionMark, CircleSlash, CircleX, TriangleAlert } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { Operation, Probe } from '../../../contract/canopy/capabilities.ts';
import { CopyId } from '../../ui/CopyId.tsx';
import { StatusMark } from '../../ui/StatusMark.tsx';
import { Upstream } from '../../ui/Upstream.tsx';
import { credentialTitles, outcomeTitles, saidBy } from './probe-words.ts';
import type { Outcome } from './probe-words.ts';

interface Props {
  operations: readonly Operation[];
  /** What the examination found, by the name of the operation. */
  probes: ReadonlyMap<string, Probe>;
}

const groupsOf = (operations: readonly Operation[]) => [
  { title: 'Reads', rows: operations.filter(({ effect }) => effect === 'read') },
  { title: 'Writes', rows: operations.filter(({ effect }) => effect === 'write') },
];

const heads = ['Operation', 'Needs', 'Credential', 'Examined', 'Cloudflare said', 'Ray ID'];

/** Every operation in a line of its own. */
export function OperationTable({ operations, probes }: Props) {
  return (
    <table className="w-full min-w-220 border-collapse border-t border-line" aria-label="Operations">
      <thead>
        <tr className="ui-head">
          {heads.map((head) => (
            <th key={head} scope="col" className="ui-cell text-left font-medium whitespace-nowrap first:pl-(--gutter)">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      {groupsOf(operations).map(({ title, rows }) => (
        <tbody key={title}>
          <tr>
            <th
              scope="rowgroup"
              colSpan={heads.length}
              className="px-(--gutter) pt-3 pb-1 text-left text-xs font-semibold text-muted"
            >
              {title}
            </th>
          </tr>
          {rows.map((operation) => (
            <OperationRow key={operation.name} operation={operation} probe={probes.get(operation.name)} />
          ))}
        </tbody>
      ))}
    </table>
  );
}

function OperationRow({ operation, probe }: { operation: Operation; probe: Probe | undefined }) {
  return (
    <tr className="ui-row">
      <th scope="row" className="ui-cell pl-(--gutter)! text-left font-medium whitespace-nowrap">
        {operation.title} <code className="ml-1 font-normal text-faint">{operation.name}</code>
      </th>
      <td className="ui-cell whitespace-nowrap text-muted">{credentialTitles[operation.credential]}</td>
      <td className="ui-cell">
        <Configured operation={operation} />
      </td>
      <td className="ui-cell whitespace-nowrap">
        {probe ? <OutcomeMark probe={probe} /> : <span className="text-faint">–</span>}
      </td>
      <td className="ui-cell">{probe && <Said probe={probe} />}</td>
      <td className="ui-cell pr-(--gutter)!">{probe?.rayId && <CopyId id={probe.rayId} label="Ray ID" form="full" />}</td>
    </tr>
  );
}

/** The same where there is no room for columns: what is said of an operation stands under its name. */
export function OperationList({ operations, probes }: Props) {
  return groupsOf(operations).map(({ title, rows }) => (
    <section key={title} aria-label={title} className="border-t border-line">
      <h3 className="px-(--gutter) pt-3 pb-1 text-xs font-semibold text-muted">{title}</h3>
      <ul className="divide-y divide-line-soft">
        {rows.map((operation) => {
          const probe = probes.get(operation.name);
          return (
            <li key={operation.name} className="px-(--gutter) py-2">
              <p className="font-medium">{operation.title}</p>
              <p className="flex flex-wrap items-center gap-x-3 text-muted">
                {credentialTitles[operation.credential]}
                <Configured operation={operation} />
                {probe && <OutcomeMark probe={probe} />}
              </p>
              {probe && (
                <p className="text-xs wrap-anywhere">
                  <Said probe={probe} />
                </p>
              )}
              {probe?.rayId && (
                <p className="flex items-center gap-1.5 text-xs text-muted">
                  Ray ID <CopyId id={probe.rayId} label="Ray ID" form="full" />
                </p>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  ));
}

function Configured({ operation: { available, reason } }: { operation: Operation }) {
  if (available)
    return (
      <StatusMark icon={CircleCheck} tone="success" word="muted">
        Configured
      </StatusMark>
    );
  return (
    <StatusMark icon={CircleSlash} tone="warning" word="warning">
      {reason ?? 'Not configured'}
    </StatusMark>
  );
}

function Said({ probe }: { probe: Probe }) {
  const said = saidBy(probe);
  return (
    <>
      {said !== '' && (
        <code className="text-ink">
          <Upstream>{said}</Upstream>
        </code>
      )}
      {probe.reason !== null && <span className="text-xs text-muted not-first:ml-1.5">{probe.reason}</span>}
    </>
  );
}

const marks: Readonly<
  Record<
    Outcome,
    { icon: LucideIcon; tone: 'success' | 'danger' | 'warning' | 'faint'; word: 'muted' | 'danger' | 'warning' | 'faint' }
  >
> = {
  works: { icon: CircleCheck, tone: 'success', word: 'muted' },
  refused: { icon: CircleX, tone: 'danger', word: 'danger' },
  failed: { icon: TriangleAlert, tone: 'warning', word: 'warning' },
  unavailable: { icon: CircleSlash, tone: 'faint', word: 'faint' },
  'not-probed': { icon: CircleQuestionMark, tone: 'faint', word: 'faint' },
};

function OutcomeMark({ probe: { outcome, duration } }: { probe: Probe }) {
  const { icon, tone, word } = marks[outcome];
  return (
    <StatusMark icon={icon} tone={tone} word={word}>
      {outcomeTitles[outcome]}
      {outcome === 'works' && duration !== null && <span className="tabular text-xs text-faint"> {Math.round(duration)} ms</span>}
    </StatusMark>
  );
}
