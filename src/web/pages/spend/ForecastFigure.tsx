import { useQuery } from '@tanstack/react-query';
import { Info } from 'lucide-react';
import type { ForecastGap, ForecastQuestion, SpendForecast } from '../../../contract/canopy/forecast.ts';
import { formatDay, formatMonth } from '../../lib/format-time.ts';
import { formatCount, formatMoney, plural } from '../../lib/format.ts';
import { forecastQuery } from '../../queries/forecast.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { TextAction } from '../../ui/Link.tsx';
import { Money } from '../../ui/Money.tsx';
import { Popover } from '../../ui/Popover.tsx';
import { Upstream } from '../../ui/Upstream.tsx';
import { HeadlineFigure } from './Headline.tsx';

/** Where the running month will end, between what and what; or why that cannot be said. */
export function ForecastFigure({ question, today }: { question: ForecastQuestion; today: string }) {
  const asked = useQuery(forecastQuery(question));
  const forecast = asked.data?.result;
  const label = `Forecast, all of ${formatMonth(forecast?.month.from ?? today)}`;
  if (!forecast)
    return (
      <HeadlineFigure
        label={label}
        figure={<span className="text-faint">{asked.error ? 'n/a' : '–'}</span>}
        note={
          asked.error ? (
            <span role="alert" className="text-xs text-danger-ink">
              Could not be asked. <TextAction onPress={() => void asked.refetch()}>Try again</TextAction>
            </span>
          ) : (
            'Asking…'
          )
        }
      />
    );
  const { expected, low, high } = forecast.total;
  const isGiven = forecast.withheld === null && expected !== null;
  return (
    <HeadlineFigure
      label={
        <span className="inline-flex h-4 items-center gap-1">
          {label}
          <Popover
            label="How the forecast is made"
            width={380}
            trigger={(props) => <IconButton {...props} icon={Info} label="How the forecast is made" size="row" />}
          >
            <HowItIsMade forecast={forecast} currency={question.currency} />
          </Popover>
        </span>
      }
      figure={
        isGiven ? (
          <Money amount={expected} currency={question.currency} basis="estimated" precision="whole" />
        ) : (
          <span className="text-faint">withheld</span>
        )
      }
      note={
        isGiven ? (
          <span className="tabular">
            {low === high ? 'nothing varies' : `${whole(low, question.currency)} to ${whole(high, question.currency)}, 80% band`}
            {forecast.unreadDays > 0 && (
              <span className="block text-xs">{plural(forecast.unreadDays, 'unread organization day')} not in it</span>
            )}
            {forecast.beside.length > 0 && <span className="block text-xs">{besideWords(forecast.beside)}</span>}
            {forecast.waiting > 0 && <span className="block text-xs">{waitingWords(forecast.waiting)}</span>}
          </span>
        ) : (
          <span className="block max-w-64 text-xs">{forecast.withheld}</span>
        )
      }
    />
  );
}

const whole = (amount: string | null, currency: string): string => formatMoney(amount ?? '0', currency, 'whole');
const besideWords = (files: readonly string[]): string =>
  `of ${files.length === 1 ? 'a file' : `${formatCount(files.length)} files`} beside, only what is held`;
const waitingWords = (waiting: number): string => `without ${plural(waiting, 'organization')} still being worked out`;

const gapWords: Readonly<Record<ForecastGap, string>> = {
  'few-days': 'fewer than 3 complete days',
  'no-rate': 'no rate',
  'other-currency': 'billed in another currency',
};

/** The method and what it was given. */
function HowItIsMade({ forecast, currency }: { forecast: SpendForecast; currency: string }) {
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
