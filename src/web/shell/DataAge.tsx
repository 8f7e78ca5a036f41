import { Clock, ClockAlert } from 'lucide-react';
import { useNow } from '../lib/clock.ts';
import { formatMinute } from '../lib/zoned-time.ts';
import { usePreferences } from '../lib/preferences.ts';
import { classes } from '../ui/classes.ts';
import { Popover } from '../ui/Popover.tsx';
import { useOldestShown } from './data-age.ts';
import { DataAges } from './load-layers.ts';

/** From this age on the clock asks for attention. */
const staleAfter = 15 * 60_000;

/** How old the oldest answer on the screen is; opens what was read when, and reads it again. */
export function DataAge() {
  const asOf = useOldestShown();
  const { timeZone } = usePreferences();
  const stale = useNow() - Date.parse(asOf ?? '') > staleAfter;
  if (asOf === null) return null;
  const Icon = stale ? ClockAlert : Clock;
  return (
    <Popover
      label="Age of the data"
      align="end"
      width={300}
      trigger={(props) => (
        <button
          type="button"
          className={classes(
            'tabular inline-flex h-(--control-toolbar) items-center gap-1.5 rounded-md px-1.5 text-xs whitespace-nowrap hover:bg-hover',
            stale ? 'text-warning-ink' : 'text-muted hover:text-ink',
          )}
          onPointerEnter={DataAges.preload}
          onFocus={DataAges.preload}
          {...props}
        >
          <Icon className="size-3.5" />
          <span>
            <span className="max-xl:sr-only">As of </span>
            {formatMinute(asOf, timeZone)}
          </span>
        </button>
      )}
    >
      {(close) => <DataAges.Part asOf={asOf} onDone={close} />}
    </Popover>
  );
}
