import { useEffect, useRef } from 'react';
import { formatAge, formatStamp } from '../lib/format-time.ts';
import { zoneName } from '../lib/zoned-time.ts';
import { exactMoney } from '../lib/format.ts';
import { place } from './floating.ts';

const delay = 400;

/** The moment in UTC, on the reader's clock, and how long ago. */
function everyReading(at: string): string {
  const local = zoneName('local', new Date(at)) === 'UTC' ? '' : `, ${formatStamp(at, 'local')}`;
  return `${formatStamp(at, 'utc')}${local}, ${formatAge(at)}`;
}

function exact(amountAndCurrency: string): string {
  const [amount = '', currency] = amountAndCurrency.split(' ');
  return exactMoney(amount, currency);
}

function textOf(target: HTMLElement): string | null {
  const { tip: own, tipKind } = target.dataset;
  if (own && tipKind === 'time') return everyReading(own);
  if (own && tipKind === 'money') return exact(own);
  if (own) return own;
  const clipped = target.scrollWidth > target.clientWidth + 1;
  return clipped ? (target.textContent ?? '').trim() || null : null;
}

/**
 * Shows the tooltip of whatever the pointer rests on or the focus reaches (see `tip`). It is decoration: what it says
 * is also the element's name, description or text, so it is hidden from screen readers.
 */
export function TooltipLayer() {
  const bubble = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const element = bubble.current;
    if (!element) return undefined;
    let shown: HTMLElement | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;

    const hide = () => {
      clearTimeout(timer);
      shown = null;
      if (element.matches(':popover-open')) element.hidePopover();
    };
    const show = (target: HTMLElement) => {
      const text = target.isConnected ? textOf(target) : null;
      if (!text) return;
      element.textContent = text;
      element.showPopover();
      place(element, target, 'center', 6);
    };
    const consider = (event: Event, wait: number) => {
      const origin = event.target instanceof Element ? event.target : null;
      const target = origin?.closest<HTMLElement>('[data-tip], [data-tip-clipped]') ?? null;
      if (target === shown) return;
      hide();
      if (!target || !textOf(target)) return;
      shown = target;
      timer = setTimeout(() => show(target), wait);
    };
    const over = (event: PointerEvent) => {
      if (event.pointerType === 'mouse') consider(event, delay);
    };
    const focus = (event: FocusEvent) => {
      if (event.target instanceof Element && event.target.matches(':focus-visible')) consider(event, 0);
    };
    const key = (event: KeyboardEvent) => {
      if (event.key === 'Escape') hide();
    };
    document.addEventListener('pointerover', over);
    document.addEventListener('focusin', focus);
    document.addEventListener('focusout', hide);
    document.addEventListener('pointerdown', hide);
    document.addEventListener('keydown', key);
    document.addEventListener('scroll', hide, { capture: true, passive: true });
    return () => {
      hide();
      document.removeEventListener('pointerover', over);
      document.removeEventListener('focusin', focus);
      document.removeEventListener('focusout', hide);
      document.removeEventListener('pointerdown', hide);
      document.removeEventListener('keydown', key);
      document.removeEventListener('scroll', hide, { capture: true });
    };
  }, []);

  return (
    <div
      ref={bubble}
      popover="manual"
      aria-hidden="true"
      className="ui-appear pointer-events-none fixed inset-auto m-0 max-w-80 rounded-md bg-inverse px-2 py-1.25 text-xs text-on-inverse"
    />
  );
}
