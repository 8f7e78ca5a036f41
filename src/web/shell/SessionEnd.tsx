import { useEffect } from 'react';
import { formatClock } from '../lib/format-time.ts';
import { nearEnd } from '../lib/session-end.ts';
import { zoneName } from '../lib/zoned-time.ts';
import { usePreferences } from '../lib/preferences.ts';
import { useSessionEnd, useStay } from '../queries/session-end.ts';
import { toasts } from '../ui/toasts.ts';

/** Says some minutes before that the session ends, while there is time to save. */
export function SessionEnd() {
  const { data, dataUpdatedAt } = useSessionEnd();
  const { timeZone } = usePreferences();
  const { mutate: stay } = useStay();
  const end = data ? nearEnd(data.result, dataUpdatedAt) : null;
  const at = end?.at ?? null;
  const canStay = end?.canStay ?? false;

  useEffect(() => {
    if (at === null) return undefined;
    const time = `${formatClock(at, timeZone)} ${zoneName(timeZone, new Date(at))}`;
    const id = toasts.waiting(
      canStay
        ? {
            title: `You are signed out at ${time}`,
            note: 'Nothing was done here for a while.',
            action: { label: 'Stay', onPress: () => stay() },
          }
        : {
            title: `Your session ends at ${time}`,
            note: 'It has lasted as long as it may. Save what you are typing, then sign in again.',
          },
    );
    return () => toasts.close(id);
  }, [at, canStay, timeZone, stay]);
  return null;
}
