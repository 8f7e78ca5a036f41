import { useEffect, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { useLocation } from 'react-router';
import type { HierarchyNode } from '../../contract/canopy/hierarchy.ts';
import { formatCount } from '../lib/count.ts';
import type { HierarchyIndex } from '../lib/hierarchy-index.ts';
import { pathTo } from '../lib/paths.ts';
import { OrganizationGlyph } from '../ui/glyphs.tsx';
import { Link } from '../ui/Link.tsx';
import { SearchField } from '../ui/SearchField.tsx';
import { Upstream } from '../ui/Upstream.tsx';
import { keepDescendants } from './keep-descendants.ts';
import { placeOfPage } from './navigation.ts';
import { useScopeTree } from './scope-tree.ts';
import { siblingsFor, siblingsShown } from './siblings.ts';

/** What a crumb opens: the organizations beside one, with search, and those in it; or those behind the fold. */
export type CrumbMenuProps = { onChosen: () => void } & (
  | { tree: HierarchyIndex; node: HierarchyNode; folded?: undefined }
  | { folded: readonly HierarchyNode[] }
);

export function CrumbMenu(props: CrumbMenuProps) {
  const menu = useRef<HTMLDivElement>(null);
  const to = useTo();
  useEffect(() => {
    menu.current?.querySelector<HTMLElement>('input, [aria-current], a[href]')?.focus();
  }, []);
  return (
    // the list is one widget of links; its arrows are a convenience beside Tab
    <div ref={menu} role="presentation" className="flex max-h-[inherit] flex-col" onKeyDown={walk}>
      {props.folded ? (
        <div className="p-1">
          <OrganizationLinks nodes={props.folded} currentId={null} to={to} onChosen={props.onChosen} />
        </div>
      ) : (
        <Siblings tree={props.tree} node={props.node} onChosen={props.onChosen} />
      )}
    </div>
  );
}

/** Same screen, another organization. */
function useTo(): (organizationId: string) => string {
  const { page } = useScopeTree();
  const { search } = useLocation();
  return (organizationId) => keepDescendants(pathTo(page ? placeOfPage(page) : 'overview', organizationId), search);
}

/** Arrow keys walk through the field and the list under it. */
function walk(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const stops = [...event.currentTarget.querySelectorAll<HTMLElement>('input, a[href]')];
  const at = stops.indexOf(document.activeElement as HTMLElement); // an element or null; null is simply not found
  const next = stops[at + (event.key === 'ArrowDown' ? 1 : -1)];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

function Siblings({ tree, node, onChosen }: { tree: HierarchyIndex; node: HierarchyNode; onChosen: () => void }) {
  const [text, setText] = useState('');
  const to = useTo();
  const siblings = tree.siblingsOf(node.id);
  const { shown, matches } = siblingsFor(siblings, node.id, text);
  const children = text === '' ? tree.childrenOf(node.id) : [];
  return (
    <>
      {siblings.length > 7 && (
        <div className="border-b border-line p-2">
          <SearchField
            label={`Search ${formatCount(siblings.length)} organizations`}
            value={text}
            onChange={setText}
            hits={formatCount(matches)}
            size="page"
          />
        </div>
      )}
      <div className="min-h-0 overflow-y-auto p-1">
        <OrganizationLinks nodes={shown} currentId={node.id} to={to} onChosen={onChosen} />
        {matches === 0 && <p className="px-2 py-1.5 text-muted">No organization beside this one matches.</p>}
        {matches > siblingsShown && (
          <p className="px-2 py-1.5 text-xs text-muted">
            {siblingsShown} of {formatCount(matches)}. Type to find the others.
          </p>
        )}
        {children.length > 0 && (
          <>
            <p className="px-2 pt-2 pb-1 text-xs font-medium text-muted">In {node.name}</p>
            <OrganizationLinks nodes={children.slice(0, siblingsShown)} currentId={node.id} to={to} onChosen={onChosen} />
            {children.length > siblingsShown && (
              <p className="px-2 py-1.5 text-xs text-muted">
                {siblingsShown} of {formatCount(children.length)}. Search finds the others.
              </p>
            )}
          </>
        )}
      </div>
    </>
  );
}

interface OrganizationLinksProps {
  nodes: readonly HierarchyNode[];
  currentId: string | null;
  to: (organizationId: string) => string;
  onChosen: () => void;
}

function OrganizationLinks({ nodes, currentId, to, onChosen }: OrganizationLinksProps) {
  return (
    <ul>
      {nodes.map((node) => (
        <li key={node.id}>
          <Link
            href={to(node.id)}
            aria-current={node.id === currentId ? 'location' : undefined}
            className="flex h-(--row-menu) items-center gap-2 rounded-sm px-2 hover:bg-hover aria-[current]:bg-selected aria-[current]:font-semibold"
            onClick={onChosen}
          >
            <OrganizationGlyph />
            <span className="truncate">
              <Upstream>{node.name}</Upstream>
            </span>
            <span className="tabular ml-auto text-xs font-normal text-faint">
              {node.accounts === null ? '' : formatCount(node.accounts)}
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
