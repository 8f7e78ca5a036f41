import type { ReactNode } from 'react';
import type { ImportProblem, ImportReport } from '../../../contract/canopy/imports.ts';
import { formatDay } from '../../lib/format-time.ts';
import { formatCount, plural } from '../../lib/format.ts';
import { DialogSection } from '../../ui/Dialog.tsx';
import { Money } from '../../ui/Money.tsx';
import { Upstream } from '../../ui/Upstream.tsx';
import { formatWords } from './words.ts';

/** What stands in a file: how much of it is taken, and what it is about. */
export function ReportFacts({ report }: { report: ImportReport }) {
  const { columns, period } = report;
  return (
    <DialogSection>
      <p role="status" className="flex flex-wrap items-baseline gap-x-5 gap-y-1">
        <Figure count={report.taken} words={`of ${plural(report.rows, 'row')} taken`} />
        <Figure count={report.noted} words="of them with a note" faint={report.noted === 0} />
        <Figure count={report.refused} words="refused" tone={report.refused > 0 ? 'text-danger-ink' : 'text-faint'} />
      </p>
      <dl className="grid grid-cols-[7rem_minmax(0,1fr)] gap-x-4 gap-y-1">
        <Fact name="Days (UTC)">
          {period
            ? `${formatDay(period.from, 'with-year')} to ${formatDay(period.to, 'with-year')}, ${plural(period.days, 'day')} with rows`
            : 'None'}
        </Fact>
        <Fact name="Billed">
          {report.currencies.length === 0
            ? 'No row has a billed cost'
            : report.currencies.map(({ currency, billed, rows }) => (
                <span key={currency} className="whitespace-nowrap">
                  <Money amount={billed} currency={currency} />{' '}
                  <span className="text-muted">
                    {currency}, {plural(rows, 'row')}
                  </span>
                </span>
              ))}
        </Fact>
        <Fact name="Accounts">{formatCount(report.accounts)}</Fact>
        <Fact name="Provider">
          {report.providers.map(({ name, rows }) => (
            <span key={name}>
              <Upstream>{name}</Upstream> <span className="text-muted">{plural(rows, 'row')}</span>
            </span>
          ))}
        </Fact>
        <Fact name="File">
          {`${formatWords(report.format, report.delimiter)}, ${plural(columns.length, 'column')}, ${columns.filter(({ reads }) => reads !== null).length} read`}
        </Fact>
      </dl>
    </DialogSection>
  );
}

/** What is refused and why, what is odd, and what the columns are. */
export function ReportDetails({ report }: { report: ImportReport }) {
  const { columns, missing } = report;
  const unread = columns.filter(({ reads }) => reads === null);
  const refused = report.problems.filter(({ outcome }) => outcome === 'refused');
  const noted = report.problems.filter(({ outcome }) => outcome === 'noted');
  return (
    <>
      {refused.length > 0 && <Problems title="Refused, in no total" problems={refused} tone="text-danger-ink" />}
      {noted.length > 0 && <Problems title="Taken with a note" problems={noted} />}
      {missing.length > 0 && (
        <DialogSection>
          <h3 className="font-semibold">Columns that are not there</h3>
          <ul className="grid gap-1">
            {missing.map(({ column, consequence }) => (
              <li key={column}>
                <code className="mono">{column}</code> <span className="text-muted">{consequence}</span>
              </li>
            ))}
          </ul>
        </DialogSection>
      )}
      <DialogSection>
        <details>
          <summary className="cursor-pointer text-xs font-semibold text-muted">
            {plural(columns.length, 'column')} of the file{unread.length > 0 && `, ${unread.length} kept and not read`}
          </summary>
          <ul className="columns-2 gap-x-6 pt-2 text-xs max-sm:columns-1">
            {columns.map(({ name, reads }) => (
              <li key={name} className="break-inside-avoid truncate py-0.5">
                <code className="mono">{name}</code>{' '}
                <span className="text-muted">{reads === null ? 'kept' : reads === name ? '' : `as ${reads}`}</span>
              </li>
            ))}
          </ul>
        </details>
      </DialogSection>
    </>
  );
}

function Figure({ count, words, tone = '', faint = false }: { count: number; words: string; tone?: string; faint?: boolean }) {
  return (
    <span className={faint ? 'text-faint' : tone}>
      <span className="tabular text-lg font-semibold">{formatCount(count)}</span> {words}
    </span>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="flex min-w-0 flex-wrap gap-x-4">{children}</dd>
    </>
  );
}

function Problems({ title, problems, tone = '' }: { title: string; problems: readonly ImportProblem[]; tone?: string }) {
  return (
    <DialogSection>
      <h3 className={`font-semibold ${tone}`}>{title}</h3>
      <ul aria-label={title} className="grid gap-2.5">
        {problems.map(({ kind, text, rows, examples }) => (
          <li key={kind}>
            <p>
              <span className="tabular font-medium">{plural(rows, 'row')}</span> <span className="text-muted">{text}</span>
            </p>
            <ul className="mt-0.5 grid gap-0.5 text-xs">
              {examples.map(({ line, value }) => (
                <li key={line} className="flex gap-3">
                  <span className="tabular w-20 shrink-0 text-muted">line {formatCount(line)}</span>
                  <code className="mono min-w-0 truncate">{value}</code>
                </li>
              ))}
              {rows > examples.length && <li className="text-faint">and {formatCount(rows - examples.length)} more</li>}
            </ul>
          </li>
        ))}
      </ul>
    </DialogSection>
  );
}
