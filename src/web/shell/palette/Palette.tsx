import { Search, UserRound } from 'lucide-react';
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { useNavigate } from 'react-router';
import { formatCount } from '../../lib/count.ts';
import { classes } from '../../ui/classes.ts';
import { AccountGlyph, OrganizationGlyph } from '../../ui/glyphs.tsx';
import { Kbd } from '../../ui/Kbd.tsx';
import { Badge } from '../../ui/Badge.tsx';
import { Highlight, Upstream } from '../../ui/Upstream.tsx';
import { commandKey } from '../command-key.ts';
import { useScopeTree } from '../scope-tree.ts';
import { closeSheet, typedAhead } from '../sheet-state.ts';
import { useFindings } from './groups.ts';
import { flat, matching, nextRow } from './rows.ts';
import type { Group, Row } from './rows.ts';

/** One field for everything: places, actions, and whatever was pasted. `only` narrows it to switching organization. */
export function Palette({ only }: { only: 'organizations' | null }) {
  const [query, setQuery] = useState(() => typedAhead.text);
  const [chosen, setChosen] = useState(0);
  const [subject, setSubject] = useState<Row | null>(null);
  const findings = useFindings(subject ? '' : query, only);
  const groups: readonly Group[] = subject
    ? [{ id: 'more', title: subject.title, rows: matching(subject.more ?? [], query) }]
    : findings.groups;
  const rows = flat(groups);
  const at = Math.min(chosen, rows.length - 1);
  const current = rows[at];
  const dialog = useRef<HTMLDialogElement>(null);
  const listId = useId();
  const choose = useChoose();
  const { tree, organizationId } = useScopeTree();
  const scopeName = organizationId === null ? undefined : tree?.byId.get(organizationId)?.name;

  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);

  const currentId = current && `${listId}-${current.id}`;
  useEffect(() => {
    if (currentId !== undefined) document.querySelector(`#${CSS.escape(currentId)}`)?.scrollIntoView({ block: 'nearest' });
  }, [currentId]);

  const type = (text: string) => {
    setQuery(text);
    setChosen(0);
  };
  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    const { key } = event;
    if (key === 'ArrowDown' || key === 'ArrowUp' || key === 'PageDown' || key === 'PageUp') {
      event.preventDefault();
      setChosen(nextRow(rows.length, at, key));
    } else if (key === 'Enter' && current && !event.nativeEvent.isComposing) {
      event.preventDefault();
      choose(current, event.ctrlKey || event.metaKey);
    } else if (key === 'Tab' && !event.shiftKey && current?.more && !subject) {
      event.preventDefault();
      setSubject(current);
      type('');
    } else if (subject && ((key === 'Backspace' && query === '') || key === 'Escape')) {
      event.preventDefault();
      event.stopPropagation();
      setSubject(null);
      type('');
    }
  };

  return (
    <dialog
      ref={dialog}
      aria-label={only === null ? 'Search and commands' : 'Switch organization'}
      closedby="any"
      className="ui-appear-far level-2 m-0 mx-auto mt-23 w-full max-w-166 overflow-hidden rounded-lg bg-raised p-0 backdrop:bg-backdrop max-sm:mt-0 max-sm:h-dvh max-sm:max-h-none max-sm:max-w-none max-sm:rounded-none"
      onClose={(event) => {
        if (!event.currentTarget.open) closeSheet();
      }}
    >
      <div className="flex max-h-[inherit] flex-col max-sm:h-full">
        <div className="flex h-12.5 shrink-0 items-center gap-3 border-b border-line px-4">
          <Search className="size-4 text-muted" />
          <input
            data-autofocus
            role="combobox"
            aria-label={only === null ? 'Search organizations, accounts, members and actions' : 'Search organizations'}
            aria-expanded={rows.length > 0}
            aria-controls={listId}
            aria-autocomplete="list"
            aria-activedescendant={currentId}
            className="min-w-0 flex-1 bg-transparent text-lg outline-none"
            placeholder={
              subject ? 'What to do' : only === null ? 'Name, ID, Ray ID, e-mail or action' : 'Switch to an organization'
            }
            autoComplete="off"
            spellCheck={false}
            value={query}
            onChange={(event) => type(event.target.value)}
            onKeyDown={press}
          />
          {(subject?.title ?? scopeName) !== undefined && (
            <span className="max-w-50 truncate max-sm:hidden">
              <Badge>{subject?.title ?? scopeName ?? ''}</Badge>
            </span>
          )}
          <button type="button" aria-label="Close" className="rounded-sm" onClick={() => dialog.current?.close()}>
            <Kbd keys="Esc" />
          </button>
        </div>
        <div
          id={listId}
          role="listbox"
          aria-label="Results"
          className="min-h-0 overflow-y-auto px-2 pb-2 sm:max-h-[26.5rem] max-sm:flex-1"
        >
          {groups.map((group) => (
            <section key={group.id} role="group" aria-labelledby={`${listId}-${group.id}`}>
              <div className="flex items-baseline justify-between px-2 pt-3 pb-1 text-xs text-muted" id={`${listId}-${group.id}`}>
                <span className="font-medium">{group.title}</span>
                {group.count && <span className="tabular">{group.count}</span>}
              </div>
              {group.rows.map((row) => (
                <Option
                  key={row.id}
                  elementId={`${listId}-${row.id}`}
                  row={row}
                  selected={row === current}
                  onPoint={() => setChosen(rows.indexOf(row))}
                  onPress={(newTab) => choose(row, newTab)}
                />
              ))}
            </section>
          ))}
        </div>
        {rows.length === 0 && (
          <p className="px-4 py-6 text-center text-muted" role="status">
            {findings.waitingFor === null ? 'Nothing matches.' : `Still reading ${findings.waitingFor}.`}
          </p>
        )}
        <footer className="flex h-9 shrink-0 items-center gap-4 border-t border-line bg-sunken px-4 text-xs text-muted max-sm:hidden">
          <Hint keys={['↑', '↓']} words="choose" />
          <Hint keys={['↵']} words="open" />
          {current?.more && !subject && <Hint keys={['Tab']} words="actions for this" />}
          {current && 'href' in current.act && <Hint keys={[commandKey, '↵']} words="new tab" />}
          <span className="tabular ml-auto" role="status">
            {findings.waitingFor !== null
              ? `Reading ${findings.waitingFor}…`
              : findings.searched && !subject
                ? `${formatCount(findings.searched.things)} searched, ${Math.max(1, Math.round(findings.searched.took))} ms`
                : ''}
          </span>
        </footer>
      </div>
    </dialog>
  );
}

function Hint({ keys, words }: { keys: readonly string[]; words: string }) {
  return (
    <span className="flex items-center gap-1.5">
      {keys.map((key) => (
        <Kbd key={key} keys={key} />
      ))}
      {words}
    </span>
  );
}

/** Does what a row says; the palette closes first, so that what opens is on top. */
function useChoose(): (row: Row, newTab: boolean) => void {
  const navigate = useNavigate();
  return (row, newTab) => {
    if (row.disabledReason) return;
    row.onChosen?.();
    const { act } = row;
    if ('href' in act && newTab) {
      window.open(act.href, '_blank', 'noreferrer');
      return;
    }
    closeSheet();
    if ('href' in act) void navigate(act.href);
    else act.run();
  };
}

interface OptionProps {
  elementId: string;
  row: Row;
  selected: boolean;
  onPoint: () => void;
  onPress: (newTab: boolean) => void;
}

function Option({ elementId, row, selected, onPoint, onPress }: OptionProps) {
  return (
    // the field keeps the focus and handles the keys; a pointer may choose too
    <div
      id={elementId}
      role="option"
      tabIndex={-1}
      aria-selected={selected}
      aria-disabled={row.disabledReason ? true : undefined}
      className={classes(
        'flex h-8.5 items-center gap-2.5 rounded-sm px-2 max-sm:h-11',
        selected && 'bg-selected',
        row.disabledReason && 'text-disabled',
      )}
      onPointerMove={() => !selected && onPoint()}
      onMouseDown={(event) => event.preventDefault()}
      onClick={(event) => onPress(event.ctrlKey || event.metaKey)}
      onKeyDown={(event) => event.key === 'Enter' && onPress(event.ctrlKey || event.metaKey)}
    >
      <RowGlyph row={row} selected={selected} />
      <span className="max-w-[60%] shrink-0 truncate font-medium">
        <Highlight text={row.title} hits={row.marks} />
      </span>
      <span className="min-w-0 flex-1 truncate text-xs text-muted">
        {row.disabledReason || (row.detail && <Upstream>{row.detail}</Upstream>)}
      </span>
      {row.fact && (
        <span
          className={row.tone === 'warning' ? 'shrink-0 text-xs font-semibold text-warning-ink' : 'shrink-0 text-xs text-muted'}
        >
          {row.fact}
        </span>
      )}
      {row.keys && (
        <span className="flex gap-1">
          {row.keys.split(' ').map((key) => (
            <Kbd key={key} keys={key} />
          ))}
        </span>
      )}
      {selected && !row.disabledReason && <Kbd keys="↵" />}
    </div>
  );
}

function RowGlyph({ row: { icon }, selected }: { row: Row; selected: boolean }) {
  const look = classes('size-4 shrink-0', selected ? 'text-accent-ink' : 'text-muted');
  if ('icon' in icon) return <icon.icon className={look} />;
  if (icon.kind === 'organization') return <OrganizationGlyph className={look} />;
  return icon.kind === 'account' ? <AccountGlyph className={look} /> : <UserRound className={look} />;
}
