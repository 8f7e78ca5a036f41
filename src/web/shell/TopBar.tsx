import { Menu, Search } from 'lucide-react';
import { widths, useMedia } from '../lib/media.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { Kbd } from '../ui/Kbd.tsx';
import { AvatarMenu } from './AvatarMenu.tsx';
import { Breadcrumb } from './Breadcrumb.tsx';
import { commandKey } from './command-key.ts';
import { DataAge } from './DataAge.tsx';
import { Palette } from './load-layers.ts';
import { RateBudget } from './RateBudget.tsx';
import { useRouteFacts } from './route-facts.ts';
import { useScopeTree } from './scope-tree.ts';
import { ScopeSwitch } from './ScopeSwitch.tsx';
import { openSheet } from './sheet-state.ts';

/** Room that the scope switch takes beside the breadcrumb. */
const switchWidth = 250;

/** True where "This organization" and "With descendants" are different screens. */
export function useHasScopeSwitch(): boolean {
  const facts = useRouteFacts();
  const { tree, organizationId } = useScopeTree();
  return facts?.hasDescendants === true && tree !== null && organizationId !== null && tree.childrenOf(organizationId).length > 0;
}

/** Where I am, how far it reaches, search, how old and how costly it is, and who I am. */
export function TopBar() {
  const railStands = useMedia(widths.railStands);
  const showSwitch = useHasScopeSwitch() && railStands;
  return (
    <header className="flex h-11 shrink-0 items-center gap-2 border-b border-line bg-sunken pr-(--gutter) pl-3">
      {!railStands && <IconButton icon={Menu} label="Screens" size="page" onClick={() => openSheet('drawer')} />}
      <Breadcrumb childrenWidth={showSwitch ? switchWidth : 0}>{showSwitch && <ScopeSwitch />}</Breadcrumb>
      <div className="flex shrink-0 items-center gap-1.5">
        <button
          type="button"
          className="flex h-(--control-toolbar) items-center gap-2 rounded-md border border-line-strong bg-canvas px-2 text-xs text-muted hover:bg-hover hover:text-ink lg:w-54"
          onPointerEnter={Palette.preload}
          onFocus={Palette.preload}
          onClick={() => openSheet('palette')}
        >
          <Search className="size-3.5" />
          <span className="max-lg:sr-only">Search or paste an ID</span>
          <span className="ml-auto flex gap-1 max-lg:hidden" aria-hidden="true">
            <Kbd keys={commandKey} />
            <Kbd keys="K" />
          </span>
        </button>
        <DataAge />
        <RateBudget />
        <AvatarMenu />
      </div>
    </header>
  );
}
