/** The organization or account in focus: named in the URL, found in the tree, brought into view where somebody else named it. */
import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import { AccountId } from '../../../contract/ids.ts';
import { accountOrganizationsQuery } from '../../queries/accounts.ts';
import { ancestorsOf } from '../../tree/organization-index.ts';
import type { OrganizationIndex, OrganizationItem } from '../../tree/organization-index.ts';
import { accountRowId } from '../../tree/tree.ts';
import type { AccountItem } from '../../tree/tree.ts';
import type { TreeAccounts } from '../../tree/use-accounts.ts';

export interface Show {
  readonly id: string;
  readonly focus: boolean;
}

export interface ScreenFocus {
  readonly item: OrganizationItem | AccountItem | null;
  readonly rowId: string | null;
  /** The address names something that is neither in the tree nor an account that Cloudflare knows. */
  readonly missing: boolean;
  /** The row to bring into view. */
  readonly show: Show | null;
  /** Brings a row into view and opens what hides it. */
  readonly reveal: (rowId: string, above: readonly OrganizationItem[], focus: boolean) => void;
  /** Gives the keyboard to a row that nothing hides. */
  readonly showRow: (rowId: string) => void;
  /** For a change made here: the row is on the screen already. */
  readonly noteOwn: (id: string | null) => void;
  /** For an organization that the tree may not have yet: it is brought into view when it comes. */
  readonly expect: (organizationId: string) => void;
}

interface Parts {
  readonly index: OrganizationIndex;
  /** From the URL: the id of an organization or of an account. */
  readonly id: string | null;
  readonly accounts: TreeAccounts;
  readonly open: ReadonlySet<string>;
  readonly onOpen: (ids: readonly string[]) => void;
}

/** An organization and everything above it. */
export const lineOf = (item: OrganizationItem): readonly OrganizationItem[] => [...ancestorsOf(item), item];

export function useScreenFocus({ index, id, accounts: { accountsOf, whole }, open, onOpen }: Parts): ScreenFocus {
  const organization = id === null ? undefined : index.byId.get(id);
  const accountId = organization === undefined && id !== null && AccountId.safeParse(id).success ? id : null;
  const loaded = useMemo(
    () => (accountId === null ? null : findAccount(accountId, whole ? [...index.byId.keys()] : [...open], accountsOf)),
    [accountId, whole, index, open, accountsOf],
  );
  const [followed, setFollowed] = useState<string | null>(null);
  const [expected, setExpected] = useState<string | null>(null);
  const [show, setShow] = useState<Show | null>(null);
  // ids look alike: one that named an organization until it left the tree is still no account
  const [organizationId, setOrganizationId] = useState<string | null>(null);
  if (organization && organization.id !== organizationId) setOrganizationId(organization.id);
  // an account that no list on the screen holds: Cloudflare says where it is
  const lost = accountId !== null && loaded === null && accountId !== expected && accountId !== organizationId;
  const home = useQuery({ ...accountOrganizationsQuery(accountId ?? ''), enabled: lost });
  const homeOrganization = lost ? deepest(home.data?.result.flatMap(({ id }) => index.byId.get(id) ?? []) ?? []) : undefined;

  const showRow = useCallback((rowId: string) => setShow({ id: rowId, focus: true }), []);
  const reveal = (rowId: string, above: readonly OrganizationItem[], focus: boolean) => {
    onOpen(above.map((item) => item.id));
    setShow({ id: rowId, focus });
  };
  // the address names something that was not chosen here: a link, the palette, the back button
  if (id !== followed && (id === null || organization || loaded || homeOrganization)) {
    setFollowed(id);
    if (organization) reveal(organization.id, ancestorsOf(organization), false);
    else if (loaded) reveal(loaded.id, lineOfId(index, loaded.account.organizationId), false);
    else if (homeOrganization && id !== null) reveal(accountRowId(homeOrganization.id, id), lineOf(homeOrganization), false);
  }

  const item = organization ?? loaded;
  return {
    item,
    rowId: item?.id ?? null,
    missing: !item && id !== null && (accountId === null || (lost && !home.isPending && !homeOrganization)),
    show,
    reveal,
    showRow,
    noteOwn: setFollowed,
    expect: (organizationId) => {
      setFollowed(null);
      setExpected(organizationId);
    },
  };
}

/** Cloudflare may name the organizations above as well; the account is directly in the deepest. */
function deepest(organizations: readonly OrganizationItem[]): OrganizationItem | undefined {
  return organizations.toSorted((one, other) => other.depth - one.depth)[0];
}

function lineOfId(index: OrganizationIndex, organizationId: string): readonly OrganizationItem[] {
  const organization = index.byId.get(organizationId);
  return organization ? lineOf(organization) : [];
}

function findAccount(
  accountId: string,
  organizationIds: readonly string[],
  accountsOf: TreeAccounts['accountsOf'],
): AccountItem | null {
  for (const organizationId of organizationIds) {
    const reading = accountsOf(organizationId);
    if (reading.state === 'loading') continue;
    const found = reading.accounts.find(({ account }) => account.id === accountId);
    if (found) return found;
  }
  return null;
}
