import type { SpendAnswer } from '../../../contract/canopy/spend.ts';
import { noRecord } from '../../lib/format.ts';
import { tip } from '../../ui/tip.ts';
import { Upstream } from '../../ui/Upstream.tsx';
import type { BudgetLine } from './budget-line.ts';
import { groupId } from './chart-data.ts';
import { bucketBefore, bucketStateWords, bucketWords, formatAmount, isPart } from './words.ts';

const number = 'ui-cell ui-cell-end';

/** The chart's other form: a row for each bucket, a column for each group. Dates, and that one is not whole, stay in sight where it is swiped. */
export function BucketTable({
  answer,
  compared,
  budget,
}: {
  answer: SpendAnswer;
  /** What is compared with, in words; null for nothing. */
  compared: string | null;
  budget: BudgetLine | null;
}) {
  const per = answer.question.granularity;
  const groups = [...answer.groups, ...(answer.others ? [{ ...answer.others, label: `Others (${answer.others.groups})` }] : [])];
  return (
    <div
      className="max-h-[19rem] overflow-auto xl:h-0 xl:max-h-none xl:min-h-[19rem] xl:grow xl:basis-0"
      role="region"
      aria-label="Amounts by date, scrollable"
      tabIndex={0}
    >
      <table className="w-full" aria-label="Amounts by date">
        <thead className="sticky top-0 z-[1]">
          <tr className="ui-head">
            <th scope="col" className="ui-cell sticky left-0 text-left">
              Date
            </th>
            <th scope="col" className={number}>
              Total
            </th>
            {compared !== null && (
              <th scope="col" className={number}>
                {compared}
              </th>
            )}
            {budget && (
              <th scope="col" className={number}>
                Even pace of <Upstream>{budget.name}</Upstream>
              </th>
            )}
            {groups.map((group) => (
              <th key={groupId(group) + group.label} scope="col" className={number}>
                <Upstream>{group.label}</Upstream>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {answer.buckets.map((bucket, index) => (
            <tr key={bucket.from} className="ui-row h-(--row-spend)">
              <th scope="row" className="ui-cell sticky left-0 bg-inherit text-left font-normal whitespace-nowrap">
                {bucketWords(bucket)}{' '}
                {isPart(bucket, per) && (
                  <span
                    className="ml-1 text-xs text-warning-ink max-sm:block max-sm:ml-0"
                    {...tip(bucketStateWords(bucket, per))}
                  >
                    {bucketStateWords(bucket, per).split(',')[0]}
                  </span>
                )}
              </th>
              <td className={number}>{formatAmount(answer.total.values[index], answer.unit)}</td>
              {compared !== null && (
                <td className={`${number} text-muted`}>{bucketBefore(answer, index, compared)?.amount ?? noRecord}</td>
              )}
              {budget && <td className={`${number} text-muted`}>{formatAmount(budget.pace[index], answer.unit)}</td>}
              {groups.map((group) => (
                <td key={groupId(group) + group.label} className={number}>
                  {formatAmount(group.values[index], answer.unit)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
