import { Search } from 'lucide-react';
import { useId } from 'react';
import { useLocation } from 'react-router';
import { formatMinute } from '../lib/zoned-time.ts';
import { pathTo } from '../lib/paths.ts';
import { usePreferences } from '../lib/preferences.ts';
import { useRole } from '../queries/role.ts';
import { classes } from '../ui/classes.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { Link } from '../ui/Link.tsx';
import { Logo } from '../ui/Logo.tsx';
import { tip } from '../ui/tip.ts';
import { Upstream } from '../ui/Upstream.tsx';
import { AvatarMenu } from './AvatarMenu.tsx';
import { useOldestShown } from './data-age.ts';
import { Palette } from './load-layers.ts';
import { placeOfPage, places } from './navigation.ts';
import type { Place } from './navigation.ts';
import { keepDescendants } from './keep-descendants.ts';
import { useScopeTree } from './scope-tree.ts';
import { openSheet } from './sheet-state.ts';

/** The scope in two lines; a press on it chooses another organization, one on the mark shows every screen. */
export function PhoneTopBar() {
  const { tree, organizationId } = useScopeTree();
  const asOf = useOldestShown();
  const { timeZone } = usePreferences();
  const { session } = useRole();
  const node = organizationId === null ? undefined : tree?.byId.get(organizationId);
  const parent = tree?.byId.get(node?.parentId ?? '');
  // the top of what somebody may see is not always the top
  const isRoot = node && node.parentId === null && !node.orphan && session.scopeOrganizationId === null;
  const place = parent ? <Upstream>{`in ${parent.name}`}</Upstream> : isRoot && 'Root organization';
  return (
    <header className="flex h-full items-center gap-2.5 border-b border-line bg-sunken pr-2 pl-3">
      <button
        type="button"
        aria-label="All screens"
        className="-ml-2 flex size-10 items-center justify-center rounded-md"
        onClick={() => openSheet('drawer')}
      >
        <Logo className="size-5" />
      </button>
      <button
        type="button"
        className="min-w-0 flex-1 text-left"
        onPointerEnter={Palette.preload}
        onClick={() => openSheet('switch')}
      >
        <span className="block truncate text-md font-semibold">{node ? <Upstream>{node.name}</Upstream> : 'Canopy'}</span>
        <span className="block truncate text-xs text-muted">
          {place}
          {place && asOf !== null && ', '}
          {node && asOf !== null && `as of ${formatMinute(asOf, timeZone)}`}
        </span>
      </button>
      <IconButton
        icon={Search}
        label="Search"
        size="page"
        onPointerEnter={Palette.preload}
        onClick={() => openSheet('palette')}
      />
      <AvatarMenu />
    </header>
  );
}

/** The five places a phone is for; the others stand behind the mark. */
export function PhoneBottomBar() {
  const { organizationId, page } = useScopeTree();
  const { can, whyNot } = useRole();
  const { search } = useLocation();
  if (organizationId === null) return null;
  return (
    <nav aria-label="Screens" className="grid h-full grid-cols-5 border-t border-line bg-sunken pb-[env(safe-area-inset-bottom)]">
      {places
        .filter(({ onPhone }) => onPhone)
        .map((place) => (
          <BottomItem
            key={place.page}
            place={place}
            href={keepDescendants(pathTo(place.page, organizationId), search)}
            current={page !== null && placeOfPage(page) === place.page}
            disabledReason={!can(place.permission) && whyNot(place.permission)}
          />
        ))}
    </nav>
  );
}

interface BottomItemProps {
  place: Place;
  href: string;
  current: boolean;
  disabledReason: string | false;
}

function BottomItem({ place, href, current, disabledReason }: BottomItemProps) {
  const reasonId = useId();
  const Icon = place.icon;
  const look = 'flex flex-col items-center justify-center gap-1 text-2xs focus-inside';
  const content = (
    <>
      <Icon className="size-5" />
      {place.shortTitle ?? place.title}
    </>
  );
  if (disabledReason !== false) {
    return (
      <>
        <a
          role="link"
          aria-disabled="true"
          aria-describedby={reasonId}
          tabIndex={0}
          className={classes(look, 'text-disabled')}
          {...tip(disabledReason)}
        >
          {content}
        </a>
        <span id={reasonId} hidden>
          {disabledReason}
        </span>
      </>
    );
  }
  return (
    <Link
      href={href}
      aria-current={current ? 'page' : undefined}
      className={classes(look, current ? 'font-semibold text-accent-ink' : 'text-muted')}
    >
      {content}
    </Link>
  );
}
