import { useMemo, useState } from 'react';
import { SearchField } from '../ui/SearchField.tsx';
import { TreeGrid } from '../ui/TreeGrid.tsx';
import type { TreeColumn } from '../ui/tree-columns.ts';
import type { TreeRow, TreeSource } from '../ui/tree-rows.ts';
import { OrganizationGlyph } from '../ui/glyphs.tsx';
import { Highlight } from '../ui/Upstream.tsx';
import { Count } from './Count.tsx';
import { changed, firstOpen } from './open-branches.ts';
import { ancestorsOf } from './organization-index.ts';
import type { OrganizationIndex, OrganizationItem } from './organization-index.ts';
import { hitRanges } from './search.ts';
import { nameOf, siblingSorter } from './tree.ts';
import type { Item } from './tree.ts';
import { useScreenTree, useSearchOpen, useTreeRows } from './use-tree.ts';

const byName = siblingSorter({ sort: { column: 'name', direction: 'ascending' }, value: null });
const columns: readonly TreeColumn<Item>[] = [
  {
    id: 'accounts',
    header: 'Accounts',
    width: 116,
    align: 'end',
    cell: ({ item }) => item.kind === 'organization' && <Count of={item.accounts} reading={false} />,
  },
];
const glyph = () => <OrganizationGlyph />;
/** Organizations only: accounts are no targets. */
const noAccounts = {
  accountsOf: () => ({ state: 'loaded', accounts: [] }) as const,
  whole: true,
  readingWhole: false,
  error: null,
};

interface Props {
  index: OrganizationIndex;
  top: OrganizationItem;
  /** What moves now: its place is opened first. */
  from: OrganizationItem;
  /** Why an organization cannot be the target; null where it can. */
  refusal: (target: OrganizationItem) => string | null;
  chosen: OrganizationItem | null;
  onChoose: (target: OrganizationItem) => void;
}

/** The same tree to choose a target from. What cannot be one stays in its place and says why. */
export function TargetPicker({ index, top, from, refusal, chosen, onChoose }: Props) {
  const [typed, setTyped] = useState('');
  const [open, setOpen] = useState(() =>
    changed(
      firstOpen(top, true),
      [from, ...ancestorsOf(from)].map(({ id }) => id),
      true,
    ),
  );
  const tree = useScreenTree({ index, top, descendants: true, view: 'tree', typed, accounts: noAccounts, inOrder: byName });
  const [searchOpen, changeSearchOpen] = useSearchOpen(tree.found, typed);
  const rows = useTreeRows(onlyOrganizations(tree.source), tree.found ? searchOpen : open);
  const refused = ({ item }: TreeRow<Item>) =>
    item.kind === 'organization' ? refusal(item) : 'Not an organization that can be chosen';
  const name = useMemo(
    () => (row: TreeRow<Item>) => {
      const reason = row.item.kind === 'organization' ? refusal(row.item) : null;
      const text = nameOf(row.item);
      return (
        <>
          <span className={reason === null ? 'truncate font-medium' : 'truncate text-disabled'}>
            <Highlight text={text} hits={tree.query ? hitRanges(tree.query, text) : []} />
          </span>
          {reason !== null && <span className="truncate text-xs text-muted">{reason}</span>}
        </>
      );
    },
    [refusal, tree.query],
  );
  return (
    <div className="grid gap-2">
      <SearchField
        label="Find the target"
        placeholder="Find the target by name or ID"
        value={typed}
        onChange={setTyped}
        size="page"
      />
      <div className="flex h-64 flex-col overflow-hidden rounded-md border border-line-control">
        <TreeGrid
          label="Target"
          rows={rows}
          nameHeader="Organization"
          nameText={nameOf}
          columns={columns}
          glyph={glyph}
          name={name}
          refusal={refused}
          currentId={chosen?.id ?? null}
          onExpand={(ids, expanded) => {
            if (tree.found) changeSearchOpen(ids, expanded);
            else setOpen((before) => changed(before, ids, expanded));
          }}
          onOpen={({ item }) => {
            if (item.kind === 'organization' && refusal(item) === null) onChoose(item);
          }}
        >
          {rows.length === 0 && <p className="p-4 text-muted">No organization matches.</p>}
        </TreeGrid>
      </div>
    </div>
  );
}

const sources = new WeakMap<TreeSource<Item>, TreeSource<Item>>();
/** Without the rows that speak about accounts. */
function onlyOrganizations(source: TreeSource<Item>): TreeSource<Item> {
  const known = sources.get(source);
  if (known) return known;
  const made: TreeSource<Item> = {
    ...source,
    childrenOf: (item) => {
      const kept = source.childrenOf(item)?.filter(({ kind }) => kind === 'organization') ?? [];
      return kept.length === 0 ? null : kept;
    },
  };
  sources.set(source, made);
  return made;
}
