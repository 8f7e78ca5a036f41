import { useQuery } from '@tanstack/react-query';
import { Stethoscope } from 'lucide-react';
import { useMedia, widths } from '../../lib/media.ts';
import { capabilitiesQuery, doctorQuery } from '../../queries/capabilities.ts';
import { useRole } from '../../queries/role.ts';
import { Button } from '../../ui/Button.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { SectionHead } from '../../ui/SectionHead.tsx';
import { SkeletonRows } from '../../ui/Skeleton.tsx';
import { StripWithWords } from '../../ui/Strip.tsx';
import { Time } from '../../ui/Time.tsx';
import { OperationList, OperationTable } from './OperationTable.tsx';
import { outcomeCells, tallyOf, tallyWords } from './probe-words.ts';

/** What the configured credentials can do: by their kind at once, and by asking Cloudflare when told to. */
export function Operations() {
  const { whyNot } = useRole();
  const capabilities = useQuery(capabilitiesQuery());
  const Shown = useMedia(widths.phone) ? OperationList : OperationTable;
  const doctor = useQuery(doctorQuery());
  const report = doctor.data?.result;
  const probes = new Map(report?.probes.map((probe) => [probe.name, probe]));
  const tally = report ? tallyOf(report.probes) : [];
  return (
    <>
      <SectionHead
        edge="page"
        title="Credential doctor"
        note={
          report && (
            <>
              as of <Time at={report.at} show="minute" />
            </>
          )
        }
      >
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
      {capabilities.data && <Shown operations={capabilities.data.result.operations} probes={probes} />}
    </>
  );
}
