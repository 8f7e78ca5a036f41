import { useQuery } from '@tanstack/react-query';
import { CircleCheck } from 'lucide-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { QualityFinding, SpendQuality } from '../../../contract/canopy/spend-quality.ts';
import { addDays } from '../../lib/date-range.ts';
import { formatDay } from '../../lib/format-time.ts';
import { formatCount, noRecord, plural } from '../../lib/format.ts';
import { qualityQuery } from '../../queries/quality.ts';
import { ErrorLine } from '../../ui/ErrorState.tsx';
import { Link, TextAction } from '../../ui/Link.tsx';
import { SectionHead } from '../../ui/SectionHead.tsx';
import { SkeletonRows } from '../../ui/Skeleton.tsx';
import { Stat, StatStrip } from '../../ui/StatStrip.tsx';
import { Upstream } from '../../ui/Upstream.tsx';
import { spendAt } from './spend-at.ts';

interface Props {
  organizationId: string;
  subtree: { organization: string; descendants: boolean };
}

const kinds: readonly [kind: string, title: string][] = [
  ['no-rate', 'Metrics without a price, in no total'],
  ['currency', 'Currencies that records carry, never added up'],
  ['equation', 'Accounts where price times quantity is not the cost'],
  ['negative', 'Accounts with amounts below zero that correct nothing'],
];

/** How far the records of the last month can be relied on: what is missing, what has no price, what is odd in itself. */
export function Quality({ organizationId, subtree }: Props) {
  const asked = useQuery(qualityQuery(subtree));
  const quality = asked.data?.result;
  return (
    <section aria-label="Data quality">
      <SectionHead title="Data quality" note={quality && rangeWords(quality.range)} edge="page" />
      {asked.error && (
        <ErrorLine
          className="px-(--gutter) py-2.5"
          error={asked.error.report}
          title="The quality of the records is not known"
          onRetry={() => void asked.refetch()}
        />
      )}
      {quality ? (
        <Found organizationId={organizationId} quality={quality} />
      ) : (
        !asked.error && <SkeletonRows columns={['start', 'end']} rows={20} />
      )}
    </section>
  );
}

const rangeWords = ({ from, to }: SpendQuality['range']): string =>
  `${formatDay(from, 'with-year')} to ${formatDay(addDays(to, -1), 'with-year')}`;

function Found({ organizationId, quality }: { organizationId: string; quality: SpendQuality }) {
  const { organizations, accounts, findings, range } = quality;
  const recordsOf = (kind: string) => findings.filter((one) => one.kind === kind).reduce((sum, one) => sum + one.records, 0);
  const notes = findings.filter(({ kind }) => !kinds.some(([known]) => known === kind));
  // without a record nothing is wrong, and nothing is right
  const none = accounts.total === 0 ? noRecords : null;
  const count = (records: number) => (none === null ? formatCount(records) : noRecord);
  return (
    <>
      <StatStrip label="Data quality at a glance" focus="strip">
        <Stat
          label="Organizations with every day"
          figure={formatCount(organizations.total - organizations.incomplete)}
          unit={`of ${formatCount(organizations.total)}`}
          note={organizations.incomplete > 0 ? 'the others miss days' : 'no day is missing'}
        />
        <Stat
          label="Accounts that went quiet"
          figure={count(accounts.silent)}
          unit={none === null ? `of ${formatCount(accounts.total)}` : undefined}
          note="none on the last day"
        />
        <Stat label="Records without a price" figure={count(recordsOf('no-rate'))} note="in no total" />
        <Stat
          label="Odd in themselves"
          figure={count(recordsOf('equation') + recordsOf('negative'))}
          note="below zero, or no price times quantity"
        />
      </StatStrip>
      <div className="grid gap-x-8 lg:grid-cols-2">
        <Part title="Days that are missing" well="Every organization is complete." count={organizations.incomplete}>
          {organizations.rows.map(({ id, name, throughDay, missingDays, failedDays }) => (
            <Line
              key={id}
              href={spendAt(id, range)}
              words={<Upstream>{name}</Upstream>}
              note={`${throughDay === null ? 'no complete day' : `complete through ${formatDay(throughDay)}`}${failedDays > 0 ? `, ${failedDays} failed` : ''}`}
              figure={plural(missingDays, 'day')}
            />
          ))}
        </Part>
        <Part
          title="Accounts that went quiet"
          well="Every account has records to the last day."
          unknown={none}
          count={accounts.silent}
        >
          {accounts.rows.map(({ id, name, organizationName, lastDay }) => (
            <Line
              key={id}
              href={spendAt(organizationId, range, { dimension: 'account', value: id })}
              words={<Upstream>{name}</Upstream>}
              note={`in ${organizationName}`}
              figure={`last on ${formatDay(lastDay)}`}
            />
          ))}
        </Part>
        {kinds.map(([kind, title]) => {
          const found = findings.filter((one) => one.kind === kind);
          return (
            <Part key={kind} title={title} well="None." unknown={none} count={found.length}>
              {found.map((one) => (
                <Finding key={one.text} organizationId={organizationId} range={range} finding={one} />
              ))}
            </Part>
          );
        })}
        <Part title="Kept as it came, of all days" well="Nothing is new to Canopy." unknown={none} count={notes.length}>
          {notes.map((one) => (
            <Finding key={`${one.kind} ${one.text}`} organizationId={organizationId} range={range} finding={one} />
          ))}
        </Part>
      </div>
    </>
  );
}

function Finding({
  organizationId,
  range,
  finding: { text, records, filter },
}: {
  organizationId: string;
  range: SpendQuality['range'];
  finding: QualityFinding;
}) {
  const only = filter && { dimension: filter.dimension, value: filter.values[0] ?? null };
  return (
    <Line
      href={only ? spendAt(organizationId, range, only) : null}
      words={filter ? <Upstream>{text}</Upstream> : text}
      figure={plural(records, 'record')}
    />
  );
}

const few = 5;
const noRecords = 'Not known: no record is stored on these days.';

/** One kind of finding: a line for each, the first few at first. */
function Part({
  title,
  well,
  unknown = null,
  count,
  children,
}: {
  title: string;
  /** What is said where nothing is found. */
  well: string;
  /** Why nothing can be found; null where it can. */
  unknown?: string | null;
  count: number;
  children: readonly ReactNode[];
}) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <section aria-label={title} className="min-w-0 border-b border-line-soft px-(--gutter) py-2.5">
      <h3 className="pb-1 text-xs font-semibold text-muted">{title}</h3>
      {count === 0 ? (
        <p className="flex items-center gap-2 text-muted">
          {unknown === null && <CircleCheck aria-hidden className="size-3.5 text-success" />}
          {unknown ?? well}
        </p>
      ) : (
        <ul>{isOpen ? children : children.slice(0, few)}</ul>
      )}
      {children.length > few && (
        <p className="pt-1 text-xs">
          <TextAction size="xs" onPress={() => setIsOpen(!isOpen)}>
            {isOpen ? 'Show fewer' : `Show all ${formatCount(children.length)}`}
          </TextAction>
        </p>
      )}
      {count > children.length && <p className="text-xs text-muted">and {formatCount(count - children.length)} more</p>}
    </section>
  );
}

function Line({ href, words, note, figure }: { href: string | null; words: ReactNode; note?: string; figure: string }) {
  return (
    <li className="flex min-h-6 items-baseline gap-3 py-0.5">
      <span className="min-w-0 flex-1">
        {href === null ? (
          words
        ) : (
          <Link className="hover:underline" href={href}>
            {words}
          </Link>
        )}
        {note && <span className="ml-2 text-xs text-muted">{note}</span>}
      </span>
      <span className="tabular shrink-0 text-muted">{figure}</span>
    </li>
  );
}
