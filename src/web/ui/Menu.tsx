import { Check } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import { useId, useRef } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import { classes } from './classes.ts';
import { useFloating } from './floating.ts';
import type { TriggerProps } from './floating.ts';
import { Kbd } from './Kbd.tsx';
import { Link } from './Link.tsx';

export interface MenuItem {
  id: string;
  label: string;
  icon?: LucideIcon | undefined;
  /** The key that does the same. */
  keys?: string | undefined;
  /** A second line: what it means. */
  note?: string | undefined;
  /** A second line: why it cannot be chosen. The row stays reachable. */
  disabledReason?: string | false | undefined;
  tone?: 'plain' | 'danger' | undefined;
  /** Makes it a choice that is on or off; the menu then stays open. */
  checked?: boolean | undefined;
  href?: string | undefined;
  onSelect?: (() => void) | undefined;
}

export type MenuEntry = MenuItem | { id: string; separator: true } | { id: string; heading: string };

export interface MenuProps {
  label: string;
  entries: readonly MenuEntry[];
  trigger: (props: TriggerProps) => ReactNode;
  align?: 'start' | 'end' | undefined;
}

const rowSelector = '[role^="menuitem"]';

/** Acts behind one button. Arrows, Home, End and first letters move; Enter chooses; Escape goes back to the button. */
export function Menu({ label, entries, trigger, align = 'start' }: MenuProps) {
  const id = useId();
  const { open, anchor, popover, show, hide, onPointerDown, onClick, onToggle } = useFloating<HTMLDivElement>(align, (popover) =>
    popover.querySelector<HTMLElement>(rowSelector)?.focus(),
  );
  const typed = useRef({ text: '', at: 0 });

  const rows = () => [...(popover.current?.querySelectorAll<HTMLElement>(rowSelector) ?? [])];
  const move = (from: Element | null, step: number) => {
    const all = rows();
    const at = all.findIndex((row) => row === from);
    all[(at + step + all.length) % all.length]?.focus();
  };
  const typeAhead = (letter: string) => {
    const now = performance.now();
    const text = now - typed.current.at < 700 ? typed.current.text + letter : letter;
    typed.current = { text, at: now };
    const all = rows();
    const from = all.findIndex((row) => row === document.activeElement) + (text.length === 1 ? 1 : 0);
    const turned = [...all.slice(from), ...all.slice(0, from)];
    turned.find((row) => row.textContent?.trim().toLowerCase().startsWith(text.toLowerCase()))?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const steps: Record<string, () => void> = {
      ArrowDown: () => move(document.activeElement, 1),
      ArrowUp: () => move(document.activeElement, -1),
      Home: () => rows()[0]?.focus(),
      End: () => rows().at(-1)?.focus(),
      Tab: hide,
    };
    const step = steps[event.key];
    if (step) {
      if (event.key !== 'Tab') event.preventDefault();
      step();
    } else if (event.key.length === 1 && event.key !== ' ' && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      typeAhead(event.key);
    }
    // shortcuts of the page do not run under an open menu
    event.stopPropagation();
  };

  return (
    <>
      {trigger({
        ref: anchor,
        id: `${id}-trigger`,
        'aria-haspopup': 'menu',
        'aria-expanded': open,
        'aria-controls': open ? id : undefined,
        onPointerDown: onPointerDown,
        onClick: onClick,
        onKeyDown: (event) => {
          if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
          event.preventDefault();
          const first = event.key === 'ArrowDown';
          show((popover) => {
            const all = popover.querySelectorAll<HTMLElement>(rowSelector);
            all[first ? 0 : all.length - 1]?.focus();
          });
        },
      })}
      <div
        ref={popover}
        id={id}
        popover="auto"
        role="menu"
        tabIndex={-1}
        aria-label={label}
        className="ui-appear level-1 fixed inset-auto m-0 max-w-65 min-w-50 overflow-y-auto rounded-lg bg-raised p-1 text-sm"
        onToggle={onToggle}
        onKeyDown={onKeyDown}
      >
        {open && entries.map((entry) => <MenuRow key={entry.id} entry={entry} close={hide} />)}
      </div>
    </>
  );
}

function MenuRow({ entry, close }: { entry: MenuEntry; close: () => void }) {
  if ('separator' in entry) return <hr className="mx-1 my-1 border-line" />;
  if ('heading' in entry) return <div className="px-2 pt-1.5 pb-1 text-xs font-medium text-muted">{entry.heading}</div>;
  const { icon: Icon, disabledReason } = entry;
  const second = disabledReason || entry.note;
  const look = classes(
    'flex min-h-(--row-menu) w-full items-start gap-2.5 rounded-sm px-2 py-1.5 text-left focus-inside focus:bg-hover',
    disabledReason ? 'text-disabled' : entry.tone === 'danger' ? 'text-danger-ink hover:bg-hover' : 'hover:bg-hover',
  );
  const content = (
    <>
      {entry.checked !== undefined && (
        <Check className={classes('mt-0.25 size-3.75', entry.checked ? 'text-accent-ink' : 'invisible')} />
      )}
      {Icon && <Icon className={classes('mt-0.25 size-3.75', !disabledReason && entry.tone !== 'danger' && 'text-muted')} />}
      <span className="min-w-0 flex-1">
        {entry.label}
        {second && <span className="block text-xs text-muted">{second}</span>}
      </span>
      {entry.keys && <Kbd keys={entry.keys} />}
    </>
  );
  if (entry.href !== undefined && !disabledReason) {
    return (
      <Link href={entry.href} role="menuitem" tabIndex={-1} className={look} onClick={close}>
        {content}
      </Link>
    );
  }
  const choose = () => {
    if (disabledReason) return;
    // closed first, so that focus is back on the trigger before the act moves it
    if (entry.checked === undefined) close();
    entry.onSelect?.();
  };
  return (
    <button
      type="button"
      role={entry.checked === undefined ? 'menuitem' : 'menuitemcheckbox'}
      aria-checked={entry.checked}
      aria-disabled={disabledReason ? true : undefined}
      tabIndex={-1}
      className={look}
      onClick={choose}
    >
      {content}
    </button>
  );
}
