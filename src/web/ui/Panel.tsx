import { PanelRightClose, PanelRightOpen, X } from 'lucide-react';
import { useEffect, useEffectEvent, useId, useLayoutEffect, useRef, useState } from 'react';
import type { KeyboardEvent, PointerEvent, ReactNode } from 'react';
import { classes } from './classes.ts';
import { IconButton } from './IconButton.tsx';
import { clampWidth, readWidth, storeWidth } from './panel-width.ts';

/** A sheet and what is docked beside it. */
export function Split({ panel, children }: { panel: ReactNode; children: ReactNode }) {
  return (
    <div className="relative flex min-h-0 flex-1">
      <div className="relative flex min-w-0 flex-1 flex-col">{children}</div>
      {panel}
    </div>
  );
}

export type SheetHeight = 'low' | 'middle' | 'full';
const sheetHeights: Record<SheetHeight, string> = {
  low: 'max-sm:h-[30dvh]',
  middle: 'max-sm:h-[60dvh]',
  full: 'max-sm:h-[calc(100dvh-3.25rem)]',
};
const higher: Record<SheetHeight, SheetHeight> = { low: 'middle', middle: 'full', full: 'full' };
const lower: Record<SheetHeight, SheetHeight | 'closed'> = { full: 'middle', middle: 'low', low: 'closed' };

export interface PanelProps {
  /** Its width is remembered under this name. */
  id: string;
  /** Accessible name of the region. */
  label: string;
  /** Width to begin with, in pixels of a 16 px root: 408 tree, 436 audit, 432 invite, 332 profile. */
  width?: number | undefined;
  onClose: () => void;
  title: ReactNode;
  /** Where the thing is, above its title. */
  path?: ReactNode;
  /** Beside the title. */
  note?: ReactNode;
  /** More icon buttons, before close: previous, next, copy link. */
  tools?: ReactNode;
  /** At most three buttons of size `toolbar` and a menu. */
  actions?: ReactNode;
  /** Under the actions and outside the scrolled body: tabs. */
  head?: ReactNode;
  foot?: ReactNode;
  /** `panel` for a form that somebody asked for; `keep` for details that follow a row. */
  focus?: 'keep' | 'panel' | undefined;
  /** Height of the bottom sheet on a phone, to begin with. */
  sheetHeight?: SheetHeight | undefined;
  children?: ReactNode;
}

/**
 * Details beside the sheet. Docked from 1280, over the sheet below that, a bottom sheet on a phone. Escape closes it and
 * gives the focus back.
 */
export function Panel({
  id,
  label,
  width: first = 408,
  onClose,
  title,
  path,
  note,
  tools,
  actions,
  head,
  foot,
  focus = 'keep',
  sheetHeight = 'middle',
  children,
}: PanelProps) {
  const region = useRef<HTMLElement>(null);
  const titleId = useId();
  const [width, setWidth] = useState(() => readWidth(id, first));
  const [height, setHeight] = useState<SheetHeight>(sheetHeight);

  useLayoutEffect(() => {
    const before = document.activeElement;
    const element = region.current;
    if (focus === 'panel') {
      const start = element?.querySelector<HTMLElement>('[data-autofocus], [data-body] :is(input, select, textarea)');
      (start ?? element)?.focus();
    }
    return () => {
      const held = element?.contains(document.activeElement) ?? false;
      if (held && before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, [focus]);

  const escape = useEffectEvent((event: globalThis.KeyboardEvent) => {
    const target = event.target instanceof Element ? event.target : null;
    // an open dialog, menu or popover has the key first
    if (event.key !== 'Escape' || event.defaultPrevented || target?.closest('dialog, [popover]')) return;
    onClose();
  });
  useEffect(() => {
    const listen = (event: globalThis.KeyboardEvent) => escape(event);
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);

  const resize = (wanted: number) => {
    const next = clampWidth(wanted, window.innerWidth);
    setWidth(next);
    storeWidth(id, next);
  };
  const wide = clampWidth(Number.MAX_SAFE_INTEGER, typeof window === 'undefined' ? 1440 : window.innerWidth);
  const isWide = width >= wide - 8;

  return (
    <aside
      ref={region}
      aria-label={label}
      tabIndex={-1}
      style={{ '--panel-width': `${width / 16}rem` } as React.CSSProperties} // a custom property is not in React's type
      className={classes(
        'relative flex min-h-0 flex-col border-l border-line bg-raised',
        'xl:w-(--panel-width) xl:shrink-0',
        'max-xl:ui-appear-far max-xl:level-1 max-xl:absolute max-xl:inset-y-0 max-xl:right-0 max-xl:z-20 max-xl:w-105 max-xl:max-w-full',
        'max-lg:fixed max-lg:top-0',
        'max-sm:level-sheet max-sm:inset-x-0 max-sm:top-auto max-sm:bottom-14.5 max-sm:w-full max-sm:rounded-t-lg max-sm:border-l-0',
        sheetHeights[height],
      )}
    >
      <ResizeHandle width={width} onResize={resize} />
      <SheetHandle height={height} onHeight={(next) => (next === 'closed' ? onClose() : setHeight(next))} />
      <header className="shrink-0 border-b border-line px-4 pt-3 pb-2.75 max-sm:pt-0">
        <div className="flex items-start gap-2">
          <div className="min-w-0 flex-1">
            {path && <div className="truncate text-xs text-muted">{path}</div>}
            <div className="mt-0.5 flex min-h-5.5 flex-wrap items-baseline gap-x-2">
              <h2 id={titleId} className="max-w-full text-lg font-semibold wrap-anywhere">
                {title}
              </h2>
              {note && <span className="text-muted">{note}</span>}
            </div>
          </div>
          <div className="-mt-0.5 -mr-1 flex shrink-0 items-center gap-1">
            {tools}
            <span className="max-xl:hidden">
              <IconButton
                icon={isWide ? PanelRightOpen : PanelRightClose}
                label={isWide ? 'Narrow the panel' : 'Widen the panel'}
                size="row"
                onClick={() => resize(isWide ? first : wide)}
              />
            </span>
            <IconButton icon={X} label="Close the panel" size="row" onClick={onClose} />
          </div>
        </div>
        {actions && <div className="mt-2.5 flex flex-wrap items-center gap-1.5">{actions}</div>}
      </header>
      {head}
      <div data-body="" className="min-h-0 flex-1 overflow-y-auto">
        {children}
      </div>
      {foot && (
        <footer className="flex min-h-13 shrink-0 flex-wrap items-center gap-2 border-t border-line px-4 py-2.5">{foot}</footer>
      )}
    </aside>
  );
}

/** Facts of one kind inside a panel, parted from the next by a soft line. */
export function PanelSection({ title, action, children }: { title?: ReactNode; action?: ReactNode; children: ReactNode }) {
  return (
    <section className="border-line-soft px-4 py-2.5 not-last:border-b">
      {title && (
        <div className="mb-1.5 flex items-center gap-2">
          <h3 className="text-xs font-semibold text-muted">{title}</h3>
          {action && <span className="ml-auto flex items-center gap-2">{action}</span>}
        </div>
      )}
      {children}
    </section>
  );
}

/** The edge of a docked panel: drag it, or focus it and use the arrows. */
function ResizeHandle({ width, onResize }: { width: number; onResize: (width: number) => void }) {
  const root = () => Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
  const drag = (event: PointerEvent<HTMLElement>) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    onResize((window.innerWidth - event.clientX) / root());
  };
  const keys = (event: KeyboardEvent) => {
    const step = { ArrowLeft: 16, ArrowRight: -16 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    onResize(width + step);
  };
  return (
    <div
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label="Width of the panel"
      aria-valuenow={Math.round(width)}
      aria-valuemin={320}
      className="absolute inset-y-0 -left-1 z-10 w-2 cursor-col-resize touch-none hover:border-r-2 hover:border-accent-line focus-visible:border-r-2 focus-visible:border-ring focus-visible:outline-none max-xl:hidden"
      onPointerDown={(event) => {
        event.preventDefault();
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={drag}
      onKeyDown={keys}
    />
  );
}

/** The grip of a bottom sheet: drag it between three heights, or use the arrows; below the lowest it closes. */
function SheetHandle({ height, onHeight }: { height: SheetHeight; onHeight: (height: SheetHeight | 'closed') => void }) {
  const from = useRef<number | null>(null);
  const release = (event: PointerEvent) => {
    if (from.current === null) return;
    const moved = event.clientY - from.current;
    from.current = null;
    if (Math.abs(moved) < 8) onHeight(height === 'full' ? 'middle' : higher[height]);
    else onHeight(moved < 0 ? (moved < -window.innerHeight * 0.4 ? 'full' : higher[height]) : lower[height]);
  };
  return (
    <button
      type="button"
      aria-label={`Height of the sheet: ${height}`}
      className="hidden h-5 w-full shrink-0 touch-none items-center justify-center max-sm:flex"
      onPointerDown={(event) => {
        from.current = event.clientY;
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerUp={release}
      onKeyDown={(event) => {
        if (event.key === 'ArrowUp') onHeight(higher[height]);
        if (event.key === 'ArrowDown') onHeight(lower[height]);
      }}
    >
      <span className="h-1 w-9 rounded-full bg-line-strong" />
    </button>
  );
}
