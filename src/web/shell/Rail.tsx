import { Keyboard, Settings } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import { useId } from 'react';
import type { ReactNode } from 'react';
import { useLocation } from 'react-router';
import type { Hierarchy } from '../../contract/canopy/hierarchy.ts';
import { formatCount } from '../lib/count.ts';
import { pathTo } from '../lib/paths.ts';
import { useRole } from '../queries/role.ts';
import { classes } from '../ui/classes.ts';
import { Kbd } from '../ui/Kbd.tsx';
import { Link } from '../ui/Link.tsx';
import { tip } from '../ui/tip.ts';
import { keepDescendants } from './keep-descendants.ts';
import { placeOfPage, places } from './navigation.ts';
import type { Place } from './navigation.ts';
import { useScopeTree } from './scope-tree.ts';
import { openSheet } from './sheet-state.ts';

/** `wide` shows words, `narrow` icons with tooltips. */
export type RailForm = 'wide' | 'narrow';

/** Navigation: two groups of places with their counts, Settings and Shortcuts at the foot. */
export function Rail({ form, head }: { form: RailForm; head: ReactNode }) {
  const { session, can, whyNot } = useRole();
  const { hierarchy, organizationId, page } = useScopeTree();
  const location = useLocation();
  const here = page && placeOfPage(page);
  const item = (place: Place) => (
    <li key={place.page}>
      <RailItem
        form={form}
        icon={place.icon}
        label={place.title}
        href={organizationId === null ? null : keepDescendants(pathTo(place.page, organizationId), location.search)}
        current={here === place.page}
        disabledReason={!can(place.permission) && whyNot(place.permission)}
        count={place.counts && hierarchy && can(place.permission) ? countOf(hierarchy, place.counts) : null}
      />
    </li>
  );
  return (
    <nav aria-label={`Screens of ${session.user.name}`} className="flex h-full flex-col overflow-y-auto px-2 pb-2">
      {head}
      <div className="pt-2.5">
        <ul className="flex flex-col gap-px">{places.filter(({ group }) => group === 'structure').map(item)}</ul>
        <ul className="mt-3 flex flex-col gap-px">{places.filter(({ group }) => group === 'records').map(item)}</ul>
      </div>
      <div className="mt-auto flex flex-col gap-px pt-3">
        <RailItem form={form} icon={Settings} label="Settings" href="/settings" current={location.pathname === '/settings'} />
        <button
          type="button"
          className={classes(rowLook, rowForms[form], 'w-full text-muted hover:bg-hover hover:text-ink max-sm:hidden')}
          onClick={() => openSheet('shortcuts')}
          {...tip(form === 'narrow' ? 'Shortcuts' : undefined)}
        >
          <Keyboard className="size-4" />
          <span className={wordForms[form]}>Shortcuts</span>
          {form === 'wide' && (
            <span className="ml-auto" aria-hidden="true">
              <Kbd keys="?" />
            </span>
          )}
        </button>
      </div>
    </nav>
  );
}

const rowLook = 'flex h-(--row-menu) items-center gap-2.5 rounded-md text-left text-sm focus-visible:-outline-offset-2';
const rowForms: Readonly<Record<RailForm, string>> = { wide: 'px-2', narrow: 'justify-center' };
const wordForms: Readonly<Record<RailForm, string>> = { wide: 'truncate', narrow: 'sr-only' };

interface RailItemProps {
  form: RailForm;
  icon: LucideIcon;
  label: string;
  /** Null while the tree is still being read. */
  href: string | null;
  current: boolean;
  disabledReason?: string | false;
  count?: { text: string; words: string } | null;
}

function RailItem({ form, icon: Icon, label, href, current, disabledReason = false, count = null }: RailItemProps) {
  const reasonId = useId();
  const content = (
    <>
      <Icon className={classes('size-4', current && disabledReason === false && 'text-accent-ink')} />
      <span className={wordForms[form]}>{label}</span>
      {count && (
        <span className={form === 'wide' ? 'tabular ml-auto text-xs font-normal text-faint' : 'sr-only'}>
          <span aria-hidden="true">{count.text}</span>
          <span className="sr-only">, {count.words}</span>
        </span>
      )}
    </>
  );
  if (disabledReason !== false || href === null) {
    return (
      <>
        <a
          role="link"
          aria-disabled="true"
          aria-describedby={disabledReason === false ? undefined : reasonId}
          tabIndex={0}
          className={classes(rowLook, rowForms[form], 'text-disabled')}
          {...tip(disabledReason || (form === 'narrow' ? label : undefined))}
        >
          {content}
        </a>
        {disabledReason !== false && (
          <span id={reasonId} hidden>
            {disabledReason}
          </span>
        )}
      </>
    );
  }
  return (
    <Link
      href={href}
      aria-current={current ? 'page' : undefined}
      className={classes(
        rowLook,
        rowForms[form],
        current ? 'bg-selected font-semibold text-ink hover:bg-selected-hover' : 'text-muted hover:bg-hover hover:text-ink',
      )}
      {...tip(form === 'narrow' ? (count ? `${label}: ${count.text}` : label) : undefined)}
    >
      {content}
    </Link>
  );
}

/** A count of everything the person may see; "306+" while parts have not been read. */
function countOf(hierarchy: Hierarchy, what: 'organizations' | 'accounts' | 'members'): { text: string; words: string } {
  if (what === 'organizations') {
    const count = formatCount(hierarchy.nodes.length);
    return { text: count, words: `${count} in all` };
  }
  let sum = 0;
  let whole = true;
  for (const node of hierarchy.nodes) {
    const part = what === 'accounts' ? node.accounts : node.members && Object.values(node.members).reduce((a, b) => a + b, 0);
    if (part === null) whole = false;
    else sum += part;
  }
  const count = formatCount(sum);
  return whole
    ? { text: count, words: `${count} in all` }
    : { text: `${count}+`, words: `at least ${count}; some have not been read` };
}
