import { ChevronRight, ChevronsUpDown } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import type { ReactNode, RefCallback } from 'react';
import type { HierarchyNode } from '../../contract/canopy/hierarchy.ts';
import { shortId } from '../lib/count.ts';
import type { HierarchyIndex } from '../lib/hierarchy-index.ts';
import { classes } from '../ui/classes.ts';
import { Popover } from '../ui/Popover.tsx';
import { Upstream } from '../ui/Upstream.tsx';
import { CrumbMenu } from './load-layers.ts';
import { foldCrumbs } from './fold-crumbs.ts';
import { useScopeTree } from './scope-tree.ts';

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
          onPointerEnter={CrumbMenu.preload}
          onFocus={CrumbMenu.preload}
          {...props}
        >
          <span className="truncate" style={{ maxWidth: `${longest / 16}rem` }}>
            <Upstream>{node.name}</Upstream>
          </span>
          {last && <ChevronsUpDown className="size-3.5 text-muted" />}
        </button>
      )}
    >
      {(close) => <CrumbMenu.Part tree={tree} node={node} onChosen={close} />}
    </Popover>
  );
}

function FoldedCrumbs({ nodes }: { nodes: readonly HierarchyNode[] }) {
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
          onPointerEnter={CrumbMenu.preload}
          onFocus={CrumbMenu.preload}
          {...props}
        >
          …
        </button>
      )}
    >
      {(close) => <CrumbMenu.Part folded={nodes} onChosen={close} />}
    </Popover>
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
