import { ChevronRight, ChevronsUpDown } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import type { KeyboardEvent, ReactNode, RefCallback } from 'react';
import { useLocation } from 'react-router';
import type { HierarchyNode } from '../../contract/canopy/hierarchy.ts';
import { formatCount, shortId } from '../lib/format.ts';
import type { HierarchyIndex } from '../lib/hierarchy-index.ts';
import { pathTo } from '../lib/paths.ts';
import { classes } from '../ui/classes.ts';
import { OrganizationGlyph } from '../ui/glyphs.tsx';
import { Link } from '../ui/Link.tsx';
import { Popover } from '../ui/Popover.tsx';
import { SearchField } from '../ui/SearchField.tsx';
import { Upstream } from '../ui/Upstream.tsx';
import { foldCrumbs } from './fold-crumbs.ts';
import { placeOfPage } from './navigation.ts';
import { keepDescendants } from './Rail.tsx';
import { useScopeTree } from './scope-tree.ts';
import { siblingsFor, siblingsShown } from './siblings.ts';

/** Longest a crumb is drawn before its name is cut. */
const longest = 220;
const foldWidth = 44;

/** Root to current; each crumb opens its siblings, and the middle folds where there is no room. `children` stand after it. */
export function Breadcrumb({ children, childrenWidth }: { children: ReactNode; childrenWidth: number }) {
  const { tree, organizationId } = useScopeTree();
  const [measure, width] = useWidth();
  const path = tree && organizationId !== null ? tree.pathOf(organizationId) : [];
  const widths = useCrumbWidths(path);
  const fold = width === null ? null : foldCrumbs(widths, width - childrenWidth, foldWidth);
  return (
    <div ref={measure} className="flex min-w-0 flex-1 items-center gap-4">
      <nav aria-label="Scope" className="min-w-0">
        <ol className="flex items-center">
          {tree === null && organizationId !== null && (
            <li className="font-mono text-xs text-muted">{shortId(organizationId)}</li>
          )}
          {tree &&
            path.map((node, index) => {
              const last = index === path.length - 1;
              if (fold && index >= fold.from && index < fold.to) {
                return index === fold.from ? (
                  <li key="fold" className="flex items-center">
                    <FoldedCrumbs nodes={path.slice(fold.from, fold.to)} />
                    <Separator />
                  </li>
                ) : null;
              }
              return (
                <li key={node.id} className={classes('flex items-center', last && 'min-w-0')}>
                  <Crumb tree={tree} node={node} last={last} />
                  {!last && <Separator />}
                </li>
              );
            })}
        </ol>
      </nav>
      {children}
    </div>
  );
}

const Separator = () => <ChevronRight className="mx-0.5 size-3.5 text-faint" aria-hidden="true" />;

const crumbLook =
  'flex h-(--control-toolbar) min-w-0 items-center gap-1.5 rounded-md px-1.5 text-sm hover:bg-hover aria-expanded:bg-press';

function Crumb({ tree, node, last }: { tree: HierarchyIndex; node: HierarchyNode; last: boolean }) {
  return (
    <Popover
      label={`Organizations beside ${node.name}`}
      width={300}
      className=""
      trigger={(props) => (
        <button
          type="button"
          aria-current={last ? 'location' : undefined}
          className={classes(crumbLook, last ? 'font-semibold' : 'text-muted hover:text-ink')}
          {...props}
        >
          <span className="truncate" style={{ maxWidth: `${longest / 16}rem` }}>
            <Upstream>{node.name}</Upstream>
          </span>
          {last && <ChevronsUpDown className="size-3.5 text-muted" />}
        </button>
      )}
    >
      {(close) => <Siblings tree={tree} node={node} onChosen={close} />}
    </Popover>
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
    // the list is one widget of links; its arrows are a convenience beside Tab
    <div role="presentation" className="flex max-h-[inherit] flex-col" onKeyDown={walk}>
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
    </div>
  );
}

function FoldedCrumbs({ nodes }: { nodes: readonly HierarchyNode[] }) {
  const to = useTo();
  return (
    <Popover
      label="Organizations between"
      width={300}
      className=""
      trigger={(props) => (
        <button
          type="button"
          aria-label={`${nodes.length} organizations between`}
          className={classes(crumbLook, 'text-muted')}
          {...props}
        >
          …
        </button>
      )}
    >
      {(close) => (
        <div role="presentation" className="p-1" onKeyDown={walk}>
          <OrganizationLinks nodes={nodes} currentId={null} to={to} onChosen={close} />
        </div>
      )}
    </Popover>
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

/** A ref for the element to measure, and its width. */
function useWidth(): readonly [RefCallback<HTMLElement>, number | null] {
  const [width, setWidth] = useState<number | null>(null);
  const measure = useCallback((element: HTMLElement | null) => {
    if (!element) return undefined;
    const observer = new ResizeObserver(([entry]) => entry && setWidth(entry.contentRect.width));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [measure, width];
}

/** Widths of the crumbs before they are drawn, so that nothing is drawn and then taken away. */
function useCrumbWidths(path: readonly HierarchyNode[]): readonly number[] {
  const [, redraw] = useState(0);
  useEffect(() => {
    void document.fonts.ready.then(() => redraw(1));
  }, []);
  const context = document.createElement('canvas').getContext('2d');
  return path.map(({ name }, index) => {
    const last = index === path.length - 1;
    if (context) context.font = `${last ? 600 : 400} 13px 'Commissioner Variable'`;
    const text = context?.measureText(name).width ?? name.length * 7;
    // padding, and the separator or the chevrons
    return Math.min(text, longest) + 12 + (last ? 20 : 18);
  });
}
