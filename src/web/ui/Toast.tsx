import { Check, CircleCheck, CircleQuestionMark, CircleX, X } from 'lucide-react';
import { useEffect, useEffectEvent, useRef, useState, useSyncExternalStore } from 'react';
import { TextAction } from './Link.tsx';
import { currentToasts, subscribeToToasts, toasts } from './toasts.ts';
import type { Toast } from './toasts.ts';

const marks = {
  success: { icon: CircleCheck, tone: 'text-success' },
  undo: { icon: Check, tone: 'text-success' },
  failure: { icon: CircleX, tone: 'text-danger' },
  waiting: { icon: CircleQuestionMark, tone: 'text-warning' },
} as const;

function reducedMotion(): boolean {
  return matchMedia('(prefers-reduced-motion: reduce)').matches;
}

/** Runs `onEnd` after `lasts` milliseconds during which the pointer and the focus were elsewhere. */
function useCountdown(lasts: number | null, paused: boolean, onEnd: () => void): number {
  const left = useRef(lasts ?? 0);
  const [seconds, setSeconds] = useState(Math.ceil((lasts ?? 0) / 1000));
  const end = useEffectEvent(onEnd);
  useEffect(() => {
    if (lasts === null || paused) return undefined;
    const started = performance.now();
    const timer = setTimeout(end, left.current);
    const second = setInterval(() => setSeconds(Math.ceil((left.current - (performance.now() - started)) / 1000)), 1000);
    return () => {
      clearTimeout(timer);
      clearInterval(second);
      left.current -= performance.now() - started;
    };
  }, [lasts, paused]);
  return seconds;
}

function ToastCard({ toast }: { toast: Toast }) {
  const [paused, setPaused] = useState(false);
  const seconds = useCountdown(toast.lasts, paused, () => toasts.close(toast.id));
  const { icon: Icon, tone } = marks[toast.kind];
  const { action } = toast;
  return (
    <div
      role={toast.kind === 'failure' ? 'alert' : 'status'}
      className="ui-appear-far level-1 relative flex w-85 max-w-full gap-2.5 overflow-hidden rounded-lg bg-raised py-2.25 pr-3 pl-3"
      onPointerEnter={() => setPaused(true)}
      onPointerLeave={() => setPaused(false)}
      onFocus={() => setPaused(true)}
      onBlur={() => setPaused(false)}
    >
      <Icon className={`mt-px size-4 ${tone}`} />
      <div className="min-w-0 flex-1">
        <p className="font-medium wrap-anywhere">{toast.title}</p>
        {toast.note && <p className="text-xs text-muted">{toast.note}</p>}
      </div>
      <div className="flex items-start gap-2">
        {toast.kind === 'undo' && (
          <TextAction onPress={() => toasts.takeBack(toast.id)} className="mt-px">
            Undo{reducedMotion() && ` (${seconds} s)`}
          </TextAction>
        )}
        {action &&
          ('href' in action ? (
            <TextAction href={action.href} className="mt-px">
              {action.label}
            </TextAction>
          ) : (
            <TextAction
              className="mt-px"
              onPress={() => {
                toasts.close(toast.id);
                action.onPress();
              }}
            >
              {action.label}
            </TextAction>
          ))}
        {toast.lasts === null && (
          <button
            type="button"
            aria-label="Close message"
            className="-m-1 rounded-md p-1 text-muted hover:bg-hover hover:text-ink"
            onClick={() => toasts.close(toast.id)}
          >
            <X className="size-3.5" />
          </button>
        )}
      </div>
      {toast.kind === 'undo' && (
        <span
          aria-hidden="true"
          className="ui-run-out absolute inset-x-0 bottom-0 h-0.5 bg-accent motion-reduce:hidden"
          style={{ animationPlayState: paused ? 'paused' : 'running' }}
        />
      )}
    </div>
  );
}

/** Where toasts appear: at the lower left of the sheet, newest at the foot, above dialogs. Mounted once, by `UiRoot`. */
export function ToastRegion() {
  const list = useSyncExternalStore(subscribeToToasts, currentToasts, currentToasts);
  const region = useRef<HTMLElement>(null);
  const newest = list.at(-1)?.id;

  // a dialog opened since the last toast would cover the region: the newest in the top layer is on top
  useEffect(() => {
    const element = region.current;
    if (!element) return;
    if (element.matches(':popover-open')) element.hidePopover();
    if (newest !== undefined) element.showPopover();
  }, [newest]);

  return (
    <section
      ref={region}
      popover="manual"
      aria-label="Messages"
      className="fixed inset-auto bottom-4 left-4 m-0 w-auto max-w-[calc(100vw-2rem)] flex-col gap-2 overflow-visible bg-transparent p-0 open:flex lg:left-54 max-sm:bottom-18"
    >
      {list.map((toast) => (
        <ToastCard key={toast.id} toast={toast} />
      ))}
    </section>
  );
}
