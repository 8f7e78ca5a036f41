import { CircleDashed, TriangleAlert } from 'lucide-react';
import { plural } from '../../lib/format.ts';
import { Badge } from '../../ui/Badge.tsx';
import { tipWhenClipped } from '../../ui/tip.ts';
import { Highlight } from '../../ui/Upstream.tsx';
import type { OrganizationItem } from '../../tree/organization-index.ts';
import { hitRanges } from '../../tree/search.ts';
import type { Query } from '../../tree/search.ts';
import { nameOf } from '../../tree/tree.ts';
import type { AccountItem, GroupItem } from '../../tree/tree.ts';

export interface TreeNameProps {
  item: OrganizationItem | AccountItem | GroupItem;
  query: Query | null;
  /** Names as people changed them, until Cloudflare answers with them. */
  renamed: ReadonlyMap<string, string>;
  /** The top of what Cloudflare knows, and not only of what this person sees. */
  isRoot: boolean;
  /** The organization of an account, in the flat list. */
  place?: string | undefined;
}

/** The name of a row with its search marks and, at most, two badges. */
export function TreeName({ item, query, renamed, isRoot, place }: TreeNameProps) {
  const name = renamed.get(item.id) ?? nameOf(item);
  const hits = query && item.kind !== 'group' ? hitRanges(query, name) : [];
  const look = item.kind === 'organization' ? 'truncate font-medium' : item.kind === 'group' ? 'truncate text-muted' : 'truncate';
  return (
    <>
      <span className={look} {...tipWhenClipped()}>
        {name === '' && item.kind === 'account' ? (
          <span className="mono text-muted">{item.account.id}</span>
        ) : (
          <Highlight text={name} hits={hits} />
        )}
      </span>
      {place !== undefined && <span className="truncate text-xs text-faint">{place}</span>}
      {item.kind === 'organization' && <Badges item={item} isRoot={isRoot} />}
    </>
  );
}

/** Two lines for phones: what is here stands under the name. */
export function TreeNameOnPhone(props: TreeNameProps) {
  const { item, query, renamed } = props;
  const name = renamed.get(item.id) ?? nameOf(item);
  return (
    <span className="min-w-0 flex-1">
      <span className={item.kind === 'organization' ? 'block truncate text-md font-medium' : 'block truncate text-md'}>
        <Highlight text={name} hits={query ? hitRanges(query, name) : []} />
      </span>
      {item.kind === 'organization' && <span className="block truncate text-xs text-muted">{phoneFacts(item)}</span>}
      {props.place !== undefined && <span className="block truncate text-xs text-muted">{props.place}</span>}
    </span>
  );
}

function phoneFacts(item: OrganizationItem) {
  const count = (of: OrganizationItem['accounts'], noun: string) =>
    of.here === null && of.within === 0 ? `${noun}s n/a` : `${plural(of.within, noun)}${of.missing > 0 ? ' or more' : ''}`;
  return (
    <>
      {count(item.accounts, 'account')},{' '}
      {hasOneAdministrator(item) ? (
        <span className="font-medium text-warning-ink">1 administrator</span>
      ) : item.members.here === null && item.members.within === 0 ? (
        'members n/a'
      ) : (
        count(item.members, 'member')
      )}
    </>
  );
}

function hasOneAdministrator({ node }: OrganizationItem): boolean {
  return node.members?.['active'] === 1;
}

function Badges({ item, isRoot }: { item: OrganizationItem; isRoot: boolean }) {
  const pending = item.node.members?.['pending'] ?? 0;
  const badges = [
    isRoot && <Badge key="root">Root</Badge>,
    hasOneAdministrator(item) && (
      <Badge key="one" tone="warning" icon={TriangleAlert}>
        1 administrator
      </Badge>
    ),
    pending > 0 && (
      <Badge key="pending" icon={CircleDashed}>
        {pending} pending
      </Badge>
    ),
  ];
  const shown = badges.filter(Boolean).slice(0, 2);
  if (shown.length === 0) return null;
  // the name comes first: a badge without room beside it wraps out of sight, and the panel says the same
  return (
    <span className="-ml-1.5 flex h-4.5 min-w-0 shrink-9999 flex-wrap gap-x-1.5 overflow-hidden before:h-full before:w-0">
      {shown}
    </span>
  );
}
