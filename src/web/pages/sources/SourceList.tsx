import { Cloud, FileSpreadsheet } from 'lucide-react';
import { useState } from 'react';
import type { ImportedSource } from '../../../contract/canopy/imports.ts';
import type { SourceUse, SpendState } from '../../../contract/canopy/spend.ts';
import { addDays } from '../../lib/date-range.ts';
import { formatDay } from '../../lib/format-time.ts';
import { formatCount, plural } from '../../lib/format.ts';
import { pathTo } from '../../lib/paths.ts';
import { useChangeImport } from '../../queries/imports.ts';
import { useRole } from '../../queries/role.ts';
import { Button, ButtonLink } from '../../ui/Button.tsx';
import { ErrorLine } from '../../ui/ErrorState.tsx';
import { TextAction } from '../../ui/Link.tsx';
import { Select } from '../../ui/Select.tsx';
import { Time } from '../../ui/Time.tsx';
import { Upstream } from '../../ui/Upstream.tsx';
import { DeleteSource, ImportFile, SeeReport } from './parts.ts';
import { countsWords, feedWords, formatSize } from './words.ts';

interface Props {
  organizationId: string;
  state: SpendState | undefined;
  sources: readonly ImportedSource[];
}

const row =
  'grid gap-x-5 gap-y-1.5 border-b border-line-soft px-(--gutter) py-2.5 lg:grid-cols-[minmax(0,1fr)_12.5rem_18.5rem] lg:items-center';

/** Cloudflare's feed and every file, how each counts, and what can be done with it. */
export function SourceList({ organizationId, state, sources }: Props) {
  const [open, setOpen] = useState<{ part: 'report' | 'replace' | 'delete'; source: ImportedSource } | null>(null);
  const close = () => setOpen(null);
  return (
    <>
      <ul aria-label="Sources">
        <li className={row}>
          <div className="flex min-w-0 gap-3">
            <Cloud aria-hidden className="mt-0.5 size-4 shrink-0 text-muted" />
            <div className="min-w-0">
              <p className="font-medium">Cloudflare</p>
              <p className="text-xs text-muted">{state ? feedWords(state) : 'What is stored is not known yet.'}</p>
            </div>
          </div>
          <span className="text-muted">
            {sources.some(({ replaces }) => replaces > 0) ? 'Counts where no file stands instead' : 'Counts'}
          </span>
          <span>
            <ButtonLink size="row" href={pathTo('spend', organizationId, { where: 'source=cloudflare' })}>
              Show in Usage & cost
            </ButtonLink>
          </span>
        </li>
        {sources.map((source) => (
          <SourceRow
            key={source.id}
            organizationId={organizationId}
            source={source}
            onOpen={(part) => setOpen({ part, source })}
          />
        ))}
      </ul>
      {open?.part === 'report' && <SeeReport.Part source={open.source} onClose={close} />}
      {open?.part === 'replace' && <ImportFile.Part organizationId={organizationId} replaced={open.source} onClose={close} />}
      {open?.part === 'delete' && <DeleteSource.Part source={open.source} onClose={close} />}
    </>
  );
}

function SourceRow({
  organizationId,
  source,
  onOpen,
}: {
  organizationId: string;
  source: ImportedSource;
  onOpen: (part: 'report' | 'replace' | 'delete') => void;
}) {
  const { whyNot } = useRole();
  const change = useChangeImport();
  const refused = whyNot('spend:write');
  const { report, replaces, shadowed } = source;
  const spendHref = pathTo('spend', organizationId, {
    where: `source=${source.id}`,
    from: source.firstDay,
    before: addDays(source.lastDay, 1),
  });
  return (
    <li className={row} aria-label={source.name}>
      <div className="flex min-w-0 gap-3">
        <FileSpreadsheet aria-hidden className="mt-0.5 size-4 shrink-0 text-muted" />
        <div className="min-w-0">
          <p className="truncate">
            <span className="font-medium">
              <Upstream>{source.name}</Upstream>
            </span>{' '}
            <span className="text-muted">in {source.organizationName}</span>
          </p>
          <p className="text-xs text-muted">
            {formatDay(source.firstDay, 'with-year')} to {formatDay(source.lastDay, 'with-year')},{' '}
            {plural(source.records, 'record')} from <Upstream>{source.fileName}</Upstream> ({formatSize(source.fileSize)}), taken
            in by {source.by} <Time at={source.storedAt} show="date" />
          </p>
          <p className="text-xs">
            <TextAction size="xs" onPress={() => onOpen('report')}>
              {report.refused + report.noted === 0
                ? 'Every row was taken as it stood'
                : [
                    report.refused > 0 && `${formatCount(report.refused)} refused`,
                    report.noted > 0 && `${formatCount(report.noted)} with a note`,
                  ]
                    .filter(Boolean)
                    .join(', ')}
            </TextAction>
            {replaces > 0 && (
              <span className="ml-3 text-muted">stands instead of {plural(replaces, 'record')} of Cloudflare’s</span>
            )}
          </p>
          {shadowed > 0 && (
            <p className="text-xs text-warning-ink">
              {plural(shadowed, 'record')} of it {shadowed === 1 ? 'does' : 'do'} not count: a newer file holds the same accounts
              and days.
            </p>
          )}
          {change.error && <ErrorLine error={change.error.report} title="That could not be changed" />}
        </div>
      </div>
      <Select
        label={`How ${source.name} counts`}
        labelHidden
        size="toolbar"
        value={source.counts}
        disabledReason={refused || (change.isPending && 'Being changed.')}
        onChange={
          (event) => change.mutate({ params: { importId: source.id }, body: { counts: event.target.value as SourceUse } }) // the options are the uses
        }
        options={(['beside', 'instead', 'none'] as const).map((value) => ({ value, label: countsWords[value].label }))}
      />
      <div className="flex flex-wrap gap-1.5">
        {source.counts === 'none' ? (
          <Button size="row" disabledReason="It is in no total, so there is nothing to show.">
            Show in Usage & cost
          </Button>
        ) : (
          <ButtonLink size="row" href={spendHref}>
            Show in Usage & cost
          </ButtonLink>
        )}
        <Button size="row" disabledReason={refused} onClick={() => onOpen('replace')} {...ImportFile.intent}>
          Replace
        </Button>
        <Button size="row" disabledReason={refused} onClick={() => onOpen('delete')} {...DeleteSource.intent}>
          Delete
        </Button>
      </div>
    </li>
  );
}
