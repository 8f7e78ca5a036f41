import type { ForecastGap, SpendForecast } from '../../../contract/canopy/forecast.ts';
import { formatDay } from '../../lib/format-time.ts';
import { formatCount, formatMoney, plural } from '../../lib/format.ts';
import { Upstream } from '../../ui/Upstream.tsx';

const gapWords: Readonly<Record<ForecastGap, string>> = {
  'few-days': 'fewer than 3 complete days',
  'no-rate': 'no rate',
  'other-currency': 'billed in another currency',
};

/** The method and what it was given. Loaded when somebody asks. */
export default function HowItIsMade({ forecast, currency }: { forecast: SpendForecast; currency: string }) {
  const { basis, covers, gaps, total, throughDay, daysLeft, month } = forecast;
  const facts: readonly (readonly [string, string])[] = [
    ['Complete days', throughDay === null || throughDay < month.from ? 'none yet' : `to ${formatDay(throughDay)}`],
    ['Days to come', formatCount(daysLeft)],
    ['Billed so far', basis.billed === null ? 'nothing' : formatMoney(basis.billed, currency)],
    ['Estimated so far', basis.estimated === null ? 'nothing' : formatMoney(basis.estimated, currency)],
    ...(total.expected === null ? [] : [['Expected in all', formatMoney(total.expected, currency)] as const]),
    ['Forecast', `${plural(covers.metrics, 'metric')} of ${plural(covers.accounts, 'account')}`],
    ...gaps.map(({ reason, accounts, metrics }): [string, string] => [
      `Not forecast: ${gapWords[reason]}`,
      `${formatCount(metrics)} of ${plural(accounts, 'account')}`,
    ]),
  ];
  return (
    <>
      <dl className="grid gap-1">
        {facts.map(([name, value]) => (
          <div key={name} className="flex justify-between gap-4">
            <dt className="text-muted">{name}</dt>
            <dd className="tabular text-right">{value}</dd>
          </div>
        ))}
      </dl>
      {forecast.beside.length > 0 && (
        <p className="mt-2.5 border-t border-line-soft pt-2.5 text-xs">
          Counted with the days they hold, and nothing more is expected of them: <Upstream>{forecast.beside.join(', ')}</Upstream>
          . They count beside Cloudflare’s records.
        </p>
      )}
      <ul className="mt-2.5 grid gap-1.5 border-t border-line-soft pt-2.5 text-xs text-muted">
        {forecast.method.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </>
  );
}
