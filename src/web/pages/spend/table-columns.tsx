import type { SpendAnomaly } from '../../../contract/canopy/anomalies.ts';
import { dimensionTitle } from '../../../contract/canopy/dimension-words.ts';
import type { Amount, SpendAnswer, SpendDimension } from '../../../contract/canopy/spend.ts';
import { formatMonth } from '../../lib/format-time.ts';
import { formatCount, formatPercent, noRecord } from '../../lib/format.ts';
import type { SortValue } from '../../lib/natural-sort.ts';
import { BasisGlyph, basisWords } from '../../ui/Basis.tsx';
import { basisOf, billedShare, billedWords } from '../../ui/basis-of.ts';
import type { Column } from '../../ui/columns.ts';
import { ShareBar } from '../../ui/ShareBar.tsx';
import { Sparkbars } from '../../ui/Sparkbars.tsx';
import { Upstream } from '../../ui/Upstream.tsx';
import { GroupName } from './GroupName.tsx';
import { SpendAmount, basisIn } from './SpendAmount.tsx';
import type { Explained } from './dialogs.ts';
import { changeOfGroup, numberOf } from './change.ts';
import { isWholeBefore } from './compared-days.ts';
import { measureName } from './question.ts';
import type { GroupPath, TableRow } from './table-rows.ts';
import { changeWords, percentWords } from './words.ts';

interface Facts {
  answer: SpendAnswer;
  by: SpendDimension;
  /** The name of the compared range; null for none. */
  compared: string | null;
  isCompared: boolean;
  largestShare: number;
  only: ReadonlySet<string>;
  opened: ReadonlySet<string>;
  /** The dearest open anomaly of a group, by its key. */
  anomalies: ReadonlyMap<string | null, SpendAnomaly>;
  /** Of the running month, which is null until it is known; null where none is made for these groups. */
  forecast: { month: string | null; total: Amount } | null;
  onPick: (path: GroupPath) => void;
  onOpenTail: (() => void) | null;
  onOnly: (id: string, add: boolean) => void;
  onOpened: (id: string) => void;
  onExplain: (explained: Explained) => void;
}

/** How what a row has of the answer is asked about; undefined where no filter says what is in it. */
export const explainRow = (
  { where, label }: Pick<TableRow, 'where' | 'label'>,
  { question }: SpendAnswer,
  onExplain: Facts['onExplain'],
): (() => void) | undefined => (where ? () => onExplain({ question, label, where }) : undefined);

/** Others stand under all the rest, whatever the order is by. */
const ofGroup =
  (sortBy: (row: TableRow) => SortValue) =>
  (row: TableRow): SortValue =>
    row.kind === 'others' ? null : sortBy(row);
const amountOf = (amount: string | null) => (amount === null ? null : Number(amount));

function BasisCell({ bases }: { bases: SpendAnswer['total']['bases'] }) {
  if (bases.length === 0) return <span className="text-faint">{noRecord}</span>;
  const basis = basisOf(bases);
  const share = billedShare(bases);
  return (
    <span className="inline-flex items-center gap-1.5">
      <BasisGlyph basis={basis} />
      <span className="text-muted">{basis === 'mixed' && share !== null ? billedWords(share) : basisWords[basis]}</span>
    </span>
  );
}

/** What each column shows of a group; the same amounts as the chart, and their total. */
export function spendColumns(facts: Facts): Column<TableRow>[] {
  const { answer, compared, isCompared } = facts;
  const { unit, total, question } = answer;
  const levels = unit.kind === 'quantity' && !unit.summable;
  const unitWidth = unit.kind === 'quantity' ? 44 : 0;
  const totalChange = isCompared ? changeOfGroup(total) : null;
  const isKnown = isWholeBefore(answer);
  const month = facts.forecast?.month ?? null;
  const hasDetail = answer.groups.some(({ detail }) => detail !== null);
  const columns: (Column<TableRow> | false)[] = [
    {
      id: 'name',
      header: dimensionTitle(facts.by),
      width: facts.by === 'metric' ? 268 : 202, // metrics of one family begin alike
      grow: 2,
      shown: 'always',
      sortBy: ofGroup(({ label }) => label),
      cell: (row) => <GroupName row={row} {...facts} />,
      total: levels ? 'Highest' : 'Total',
    },
    hasDetail && {
      id: 'detail',
      header: 'Organization',
      width: 170,
      grow: 1,
      leaves: 4,
      tone: 'muted',
      sortBy: ofGroup(({ group }) => group.detail),
      cell: ({ group }) => group.detail && <Upstream>{group.detail}</Upstream>,
    },
    {
      id: 'amount',
      header:
        question.measure.kind === 'estimate'
          ? 'Estimate'
          : unit.kind === 'money'
            ? measureName(answer)
            : levels
              ? 'Highest'
              : 'Quantity',
      width: 124 + unitWidth,
      align: 'end',
      sortBy: ofGroup(({ group }) => amountOf(group.total)),
      cell: (row) => (
        <SpendAmount
          amount={row.group.total}
          unit={unit}
          basis={basisIn(answer, row.group.bases)}
          onExplain={explainRow(row, answer, facts.onExplain)}
        />
      ),
      total: (
        <SpendAmount
          amount={total.total}
          unit={unit}
          basis={basisIn(answer, total.bases)}
          onExplain={() => facts.onExplain({ question })}
        />
      ),
    },
    !levels && {
      id: 'share',
      header: 'Share',
      width: 156,
      leaves: 2,
      sortBy: ofGroup(({ share }) => share),
      cell: ({ share }) =>
        share === null ? <span className="text-faint">{noRecord}</span> : <ShareBar share={share} largest={facts.largestShare} />,
      total: total.total === null ? noRecord : <span className="tabular">{formatPercent(1)}</span>,
    },
    compared !== null && {
      id: 'previous',
      header: compared,
      width: 122 + unitWidth,
      align: 'end',
      tone: 'muted',
      leaves: 3,
      sortBy: ofGroup(({ group }) => amountOf(group.previous)),
      cell: ({ group }) => <SpendAmount amount={isKnown ? group.previous : null} unit={unit} />,
      total: <SpendAmount amount={isKnown ? total.previous : null} unit={unit} />,
    },
    compared !== null && {
      id: 'change',
      header: 'Change',
      width: 102 + unitWidth,
      align: 'end',
      leaves: 3,
      sortBy: ofGroup(({ change }) => (change ? numberOf(change.by) : null)),
      cell: ({ change }) => <span className="tabular">{changeWords(change, unit)}</span>,
      total: changeWords(totalChange, unit),
    },
    compared !== null && {
      id: 'percent',
      header: '%',
      width: 78,
      align: 'end',
      leaves: 1,
      sortBy: ofGroup(({ change }) => change?.ratio ?? null),
      cell: ({ change }) => <span className="tabular">{percentWords(change)}</span>,
      total: percentWords(totalChange),
    },
    facts.forecast !== null && {
      id: 'forecast',
      header: month === null ? 'Forecast' : `${formatMonth(month).slice(0, 3)} forecast`,
      width: 112,
      align: 'end',
      tone: 'muted',
      leaves: 5,
      sortBy: ofGroup(({ forecast }) => amountOf(forecast)),
      cell: ({ forecast, isInner }) =>
        isInner || month === null ? null : (
          <SpendAmount amount={forecast} unit={unit} basis={forecast === null ? undefined : 'estimated'} />
        ),
      total: month !== null && <SpendAmount amount={facts.forecast.total} unit={unit} basis="estimated" />,
    },
    question.measure.kind === 'spend' && {
      id: 'basis',
      header: 'Basis',
      width: 132,
      leaves: 5,
      sortBy: ofGroup(({ group }) => billedShare(group.bases)),
      cell: ({ group }) => <BasisCell bases={group.bases} />,
      total: <BasisCell bases={total.bases} />,
    },
    answer.buckets.length <= 62 && {
      id: 'trend',
      header: question.granularity === 'day' ? 'Daily' : question.granularity === 'week' ? 'Weekly' : 'Monthly',
      width: Math.max(86, answer.buckets.length * 3 + 34), // whole where it is the last, beside the edge of the page
      leaves: 6,
      cell: ({ group, label }) => <Trend values={group.values} label={label} />,
      total: <Trend values={total.values} label="Total" />,
    },
    question.groupBy !== 'account' && {
      id: 'accounts',
      header: 'Accounts',
      width: 88,
      align: 'end',
      tone: 'muted',
      leaves: 7,
      sortBy: ofGroup(({ group }) => group.accounts),
      cell: ({ group }) => formatCount(group.accounts),
      total: formatCount(total.accounts),
    },
  ];
  return columns.filter((column) => column !== false);
}

function Trend({ values, label }: { values: readonly (string | null)[]; label: string }) {
  return <Sparkbars values={values.map(amountOf)} label={`${label}, ${values.length} values`} />;
}
