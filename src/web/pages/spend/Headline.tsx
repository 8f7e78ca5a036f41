import type { SpendAnswer } from '../../../contract/canopy/spend.ts';
import { daysBetween, rangeWords } from '../../lib/date-range.ts';
import { formatChange, formatPercent, plural } from '../../lib/format.ts';
import { BasisBadge } from '../../ui/Basis.tsx';
import { Strip } from '../../ui/Strip.tsx';
import { Time } from '../../ui/Time.tsx';
import { BasisOfFigure } from './BasisOfFigure.tsx';
import { measureName } from './question.ts';
import { formatAmount } from './words.ts';

/** The one figure of the page, what it is, what it is compared with, and how much of the records it covers. */
export function Headline({ answer, asOf }: { answer: SpendAnswer; asOf: string | null }) {
  const { total, unit, question } = answer;
  const range = { from: question.from, before: question.to };
  const change = formatChange(total.previous, total.total);
  const share = total.records === 0 ? null : total.recordsWithCost / total.records;
  return (
    <section
      aria-label="Headline"
      className="grid gap-x-6 gap-y-4 border-b border-line px-5 py-3 lg:grid-cols-[auto_auto_minmax(14rem,1fr)]"
    >
      <div>
        <p className="text-xs text-muted">
          {unit.kind === 'money' || unit.summable ? measureName(answer) : `${unit.metricName}, highest`}, {rangeWords(range)},{' '}
          {plural(daysBetween(range), 'day')}
        </p>
        <p className="tabular text-2xl font-semibold">{formatAmount(total.total, unit)}</p>
        <p className="text-muted">
          {total.previous === null ? (
            `No record in the ${plural(daysBetween(range), 'day')} before`
          ) : (
            <>
              <span className="font-semibold text-ink">{change}</span> from {formatAmount(total.previous, unit)} in the{' '}
              {plural(daysBetween(range), 'day')} before
            </>
          )}
        </p>
      </div>
      <div className="border-line lg:border-l lg:pl-6">
        <p className="text-xs text-muted">Data complete through</p>
        <p className="text-lg font-semibold">{answer.throughDay ?? 'no day yet'}</p>
        <p className="text-muted">
          {plural(total.accounts, 'account')}, {plural(total.records, 'record')}
          {asOf && (
            <>
              , asked <Time at={asOf} show="minute" />
            </>
          )}
        </p>
      </div>
      {total.bases.length > 0 && unit.kind === 'money' && <BasisOfFigure answer={answer} currency={unit.currency} />}
      {total.bases.length === 0 && unit.kind === 'money' && share !== null && (
        <div className="border-line lg:border-l lg:pl-6">
          <p className="flex items-center justify-between gap-3 text-xs text-muted">
            Basis of this figure <BasisBadge basis={question.measure.kind === 'estimate' ? 'estimated' : 'billed'} />
          </p>
          <Strip
            className="my-1.5"
            height={10}
            label={`${formatPercent(share)} of the records carry a cost`}
            cells={[
              { state: question.measure.kind === 'estimate' ? 'estimated' : 'billed', count: total.recordsWithCost },
              { state: 'missing', count: total.records - total.recordsWithCost },
            ]}
          />
          <p className="text-muted">
            <span className="text-ink">{formatPercent(share)}</span> of the records{' '}
            {question.measure.kind === 'estimate' ? 'have a rate' : `carry a ${unit.currency} cost from Cloudflare`}. The others
            are in no total, and are not zero.
          </p>
        </div>
      )}
    </section>
  );
}
