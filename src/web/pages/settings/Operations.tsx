import { useQuery } from '@tanstack/react-query';
import { CircleCheck, CircleQuestionMark, CircleSlash, CircleX, Stethoscope, TriangleAlert } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { Operation, Probe } from '../../../contract/canopy/capabilities.ts';
import { capabilitiesQuery, doctorQuery } from '../../queries/capabilities.ts';
import { useRole } from '../../queries/role.ts';
import { Button } from '../../ui/Button.tsx';
import { CopyId } from '../../ui/CopyId.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { SectionHead } from '../../ui/SectionHead.tsx';
import { SkeletonRows } from '../../ui/Skeleton.tsx';
import { StatusMark } from '../../ui/Status.tsx';
import { StripWithWords } from '../../ui/Strip.tsx';
import { Time } from '../../ui/Time.tsx';
import { Upstream } from '../../ui/Upstream.tsx';
import { credentialTitles, outcomeCells, outcomeTitles, saidBy, tallyOf, tallyWords } from './probe-words.ts';
import type { Outcome } from './probe-words.ts';

/** What the configured credentials can do: by their kind at once, and by asking Cloudflare when told to. */
export function Operations() {
  const { whyNot } = useRole();
  const capabilities = useQuery(capabilitiesQuery());
  const doctor = useQuery(doctorQuery());
  const report = doctor.data?.result;
  const probes = new Map(report?.probes.map((probe) => [probe.name, probe]));
  const tally = report ? tallyOf(report.probes) : [];
  return (
    <>
      <SectionHead title="Credential doctor" note={report && <Time at={report.at} show="clock" />}>
        {report && (
          <span className="max-sm:hidden">
            <StripWithWords
              cells={tally.map(({ outcome, count }) => ({ state: outcomeCells[outcome], count }))}
              label={tallyWords(tally)}
              words={tallyWords(tally)}
              width="w-30"
            />
          </span>
        )}
        <Button
          size="row"
          icon={Stethoscope}
          working={doctor.isFetching && 'Asking…'}
          disabledReason={whyNot('credentials:read')}
          onClick={() => void doctor.refetch()}
        >
          {report ? 'Examine again' : 'Examine the credential'}
        </Button>
      </SectionHead>
      <p className="prose-width px-(--gutter) py-2.5 text-muted">
        Examining sends one small read for each operation that has one, and never a write. What Cloudflare answers stands beside
        it, word for word.
      </p>
      {doctor.error && (
        <ErrorState
          error={doctor.error.report}
          title="The credential could not be examined"
          onRetry={() => void doctor.refetch()}
        />
      )}
      {capabilities.error && (
        <ErrorState
          error={capabilities.error.report}
          title="The operations could not be read"
          onRetry={() => void capabilities.refetch()}
        />
      )}
      {capabilities.isPending && <SkeletonRows columns={['start', 'start', 'start']} />}
      {capabilities.data && <OperationTable operations={capabilities.data.result.operations} probes={probes} />}
    </>
  );
}

const heads = ['Operation', 'Needs', 'Credential', 'Examined', 'Cloudflare said', 'Ray ID'];

function OperationTable({ operations, probes }: { operations: readonly Operation[]; probes: ReadonlyMap<string, Probe> }) {
  const groups = [
    { title: 'Reads', rows: operations.filter(({ effect }) => effect === 'read') },
    { title: 'Writes', rows: operations.filter(({ effect }) => effect === 'write') },
  ];
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
      {groups.map(({ title, rows }) => (
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
        {operation.available ? (
          <StatusMark icon={CircleCheck} tone="success" word="muted">
            Configured
          </StatusMark>
        ) : (
          <StatusMark icon={CircleSlash} tone="warning" word="warning">
            {operation.reason ?? 'Not configured'}
          </StatusMark>
        )}
      </td>
      <td className="ui-cell whitespace-nowrap">
        {probe ? <OutcomeMark probe={probe} /> : <span className="text-faint">–</span>}
      </td>
      <td className="ui-cell">
        {probe && (saidBy(probe) !== '' || probe.reason !== null) && (
          <>
            {saidBy(probe) !== '' && (
              <code className="text-ink">
                <Upstream>{saidBy(probe)}</Upstream>
              </code>
            )}
            {probe.reason !== null && <span className="text-xs text-muted not-first:ml-1.5">{probe.reason}</span>}
          </>
        )}
      </td>
      <td className="ui-cell pr-(--gutter)!">{probe?.rayId && <CopyId id={probe.rayId} label="Ray ID" form="full" />}</td>
    </tr>
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
