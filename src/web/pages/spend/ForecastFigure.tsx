import { lazy, Suspense } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Info } from 'lucide-react';
import type { ForecastQuestion } from '../../../contract/canopy/forecast.ts';
import { formatMonth } from '../../lib/format-time.ts';
import { formatCount, formatMoney, plural } from '../../lib/format.ts';
import { forecastQuery } from '../../queries/forecast.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { Money } from '../../ui/Money.tsx';
import { Popover } from '../../ui/Popover.tsx';
import { HeadlineFigure, UnreadFigure } from './Headline.tsx';

const HowItIsMade = lazy(() => import('./HowItIsMade.tsx'));

const room = 'sm:min-w-60';

/** Where the running month will end, between what and what; or why that cannot be said. */
export function ForecastFigure({ question, today }: { question: ForecastQuestion; today: string }) {
  const asked = useQuery(forecastQuery(question));
  const forecast = asked.data?.result;
  const label = (
    <span>
      Forecast, <span className="max-sm:hidden">all of </span>
      {formatMonth(forecast?.month.from ?? today, 'without-year')}
    </span>
  );
  if (!forecast)
    return (
      <HeadlineFigure
        className={room}
        label={label}
        figure={<span className="text-faint">{asked.error ? 'n/a' : '–'}</span>}
        note={asked.error ? <UnreadFigure onRetry={() => void asked.refetch()} /> : 'Asking…'}
      />
    );
  const { expected, low, high } = forecast.total;
  const isGiven = forecast.withheld === null && expected !== null;
  return (
    <HeadlineFigure
      className={room}
      label={
        <span className="inline-flex h-4 items-center gap-1">
          {label}
          <Popover
            label="How the forecast is made"
            width={380}
            trigger={(props) => <IconButton {...props} icon={Info} label="How the forecast is made" size="row" />}
          >
            <Suspense fallback="Asking…">
              <HowItIsMade forecast={forecast} currency={question.currency} />
            </Suspense>
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
