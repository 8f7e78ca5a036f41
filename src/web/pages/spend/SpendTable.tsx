import type { SpendAnswer, SpendDimension, SpendGroup } from '../../../contract/canopy/spend.ts';
import { formatChange, formatPercent, noRecord } from '../../lib/format.ts';
import { Sparkbars } from '../../ui/Sparkbars.tsx';
import { ShareBar } from '../../ui/ShareBar.tsx';
import { Upstream } from '../../ui/Upstream.tsx';
import { groupId } from './chart-data.ts';
import { dimensionLabels, measureName } from './question.ts';
import { bucketWords, formatAmount, stateWords } from './words.ts';

interface Props {
  answer: SpendAnswer;
  colours: ReadonlyMap<string, number>;
  by: SpendDimension;
  dimmed: boolean;
  onPick: (key: string | null) => void;
}

const number = 'ui-cell ui-cell-end';

/** The legend of the chart and its equal: the same groups, the same order, the same total. */
export function SpendTable({ answer, colours, by, dimmed, onPick }: Props) {
  const total = Number(answer.total.total ?? 0);
  const levels = answer.unit.kind === 'quantity' && !answer.unit.summable;
  const largest = Math.max(...answer.groups.map((group) => shareOf(group, total) ?? 0), 0.0001);
  const row = (group: SpendGroup, label: React.ReactNode, colour: string, pick: boolean) => {
    const share = shareOf(group, total);
    return (
      <tr key={groupId(group) + colour} className="ui-row h-(--row-spend)">
        <th scope="row" className="ui-cell text-left font-normal">
          <span className="flex min-w-0 items-center gap-2">
            <span className="size-2.5 shrink-0 rounded-xs" style={{ background: colour }} />
            {pick ? (
              <button
                type="button"
                className="min-w-0 truncate text-left hover:underline"
                title={`Show only ${group.label}`}
                onClick={() => onPick(group.key)}
              >
                <Upstream>{group.label}</Upstream>
              </button>
            ) : (
              label
            )}
            {group.detail && (
              <span className="truncate text-muted">
                <Upstream>{group.detail}</Upstream>
              </span>
            )}
          </span>
        </th>
        <td className={number}>{formatAmount(group.total, answer.unit)}</td>
        <td className="ui-cell">{share === null || levels ? noRecord : <ShareBar share={share} largest={largest} />}</td>
        <td className={`${number} text-muted`}>{formatAmount(group.previous, answer.unit)}</td>
        <td className={number}>{formatChange(group.previous, group.total) ?? noRecord}</td>
        <td className="ui-cell max-lg:hidden">
          <Sparkbars
            values={group.values.map((value) => (value === null ? null : Number(value)))}
            label={`${group.label}, ${group.values.length} values`}
          />
        </td>
        <td className={number}>{group.accounts}</td>
      </tr>
    );
  };
  return (
    <div
      className={`overflow-x-auto ${dimmed ? 'opacity-50' : ''}`}
      role="region"
      aria-label="Breakdown, scrollable"
      tabIndex={0}
    >
      <table className="w-full" aria-label={`By ${dimensionLabels[by].toLowerCase()}`}>
        <thead className="ui-head">
          <tr>
            <th scope="col" className="ui-cell text-left">
              {dimensionLabels[by]}
            </th>
            <th scope="col" className={number} aria-sort="descending">
              {answer.unit.kind === 'money' ? measureName(answer) : answer.unit.summable ? 'Quantity' : 'Highest'}
            </th>
            <th scope="col" className="ui-cell text-left">
              Share
            </th>
            <th scope="col" className={number}>
              Before
            </th>
            <th scope="col" className={number}>
              Change
            </th>
            <th scope="col" className="ui-cell text-left max-lg:hidden">
              Trend
            </th>
            <th scope="col" className={number}>
              Accounts
            </th>
          </tr>
        </thead>
        <tbody>
          {answer.groups.map((group) => row(group, null, `var(--color-chart-${colours.get(groupId(group)) ?? 9})`, true))}
          {answer.others && row(answer.others, `Others (${answer.others.groups})`, 'var(--color-chart-others)', false)}
        </tbody>
        <tfoot>
          <tr className="ui-row ui-total h-(--row-spend)">
            <th scope="row" className="ui-cell text-left">
              {levels ? 'Highest' : 'Total'}
            </th>
            <td className={number}>{formatAmount(answer.total.total, answer.unit)}</td>
            <td className="ui-cell">{answer.total.total === null || levels ? noRecord : formatPercent(1)}</td>
            <td className={number}>{formatAmount(answer.total.previous, answer.unit)}</td>
            <td className={number}>{formatChange(answer.total.previous, answer.total.total) ?? noRecord}</td>
            <td className="ui-cell max-lg:hidden">
              <Sparkbars
                values={answer.total.values.map((value) => (value === null ? null : Number(value)))}
                label={`Total, ${answer.total.values.length} values`}
              />
            </td>
            <td className={number}>{answer.total.accounts}</td>
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

/** The chart's other form: a row for each bucket, a column for each group. */
export function BucketTable({ answer }: { answer: SpendAnswer }) {
  const groups = [...answer.groups, ...(answer.others ? [{ ...answer.others, label: `Others (${answer.others.groups})` }] : [])];
  return (
    <div className="max-h-[19rem] overflow-auto" role="region" aria-label="Amounts by date, scrollable" tabIndex={0}>
      <table className="w-full" aria-label="Amounts by date">
        <thead className="ui-head sticky top-0">
          <tr>
            <th scope="col" className="ui-cell text-left">
              Date
            </th>
            <th scope="col" className={number}>
              Total
            </th>
            {groups.map((group) => (
              <th key={groupId(group) + group.label} scope="col" className={number}>
                {group.label}
              </th>
            ))}
            <th scope="col" className="ui-cell text-left">
              State
            </th>
          </tr>
        </thead>
        <tbody>
          {answer.buckets.map((bucket, index) => (
            <tr key={bucket.from} className="ui-row h-(--row-spend)">
              <th scope="row" className="ui-cell text-left font-normal whitespace-nowrap">
                {bucketWords(bucket)}
              </th>
              <td className={number}>{formatAmount(answer.total.values[index], answer.unit)}</td>
              {groups.map((group) => (
                <td key={groupId(group) + group.label} className={number}>
                  {formatAmount(group.values[index], answer.unit)}
                </td>
              ))}
              <td className="ui-cell text-muted">{stateWords[bucket.state]}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function shareOf(group: SpendGroup, total: number): number | null {
  return group.total === null || total === 0 ? null : Number(group.total) / total;
}
