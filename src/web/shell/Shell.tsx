import { useEffect, useState } from 'react';
import { Outlet, useNavigation } from 'react-router';
import { useMedia, widths } from '../lib/media.ts';
import { useOpenOutcomes } from '../queries/open-outcomes.ts';
import { useRole } from '../queries/role.ts';
import { useSessionLost } from '../queries/session-lost.ts';
import { Link } from '../ui/Link.tsx';
import { Logo, Wordmark } from '../ui/Logo.tsx';
import {
  Background,
  Drawer,
  OpenOutcomes,
  Palette,
  PhoneBottomBar,
  PhoneTopBar,
  SessionLostDialog,
  ShortcutSheet,
} from './load-layers.ts';
import { listenForPalette } from './palette-key.ts';
import { Rail } from './Rail.tsx';
import { RouteAnnouncer } from './RouteAnnouncer.tsx';
import { SandboxStrip } from './SandboxStrip.tsx';
import { useScopeTree } from './scope-tree.ts';
import { useOpenSheet } from './sheet-state.ts';
import { TopBar } from './TopBar.tsx';

// beside the first page, not after it
if (matchMedia(widths.phone).matches) {
  PhoneTopBar.preload();
  PhoneBottomBar.preload();
}

/** The frame around every screen. A page fills `main`: a column that scrolls where the page does not scroll itself. */
export function Shell() {
  const { session } = useRole();
  const { organizationId } = useScopeTree();
  const phone = useMedia(widths.phone);
  const railStands = useMedia(widths.railStands);
  const wide = useMedia(widths.wide);
  return (
    <div className="flex h-dvh flex-col overflow-hidden">
      <a
        href="#main"
        className="level-1 fixed top-1 left-1 z-10 rounded-md bg-raised px-3 py-2 font-medium not-focus:sr-only"
        onClick={(event) => {
          // the router would take the fragment for a step
          event.preventDefault();
          document.querySelector('main')?.focus();
        }}
      >
        Skip to the page
      </a>
      {session.mode === 'sandbox' && <SandboxStrip />}
      {phone && (
        <div className="h-13 shrink-0 bg-sunken">
          <PhoneTopBar.Part />
        </div>
      )}
      <div className="flex min-h-0 flex-1">
        {railStands && (
          <div className={wide ? 'w-50 shrink-0 border-r border-line bg-sunken' : 'w-12 shrink-0 border-r border-line bg-sunken'}>
            <Rail form={wide ? 'wide' : 'narrow'} head={<Home form={wide ? 'wide' : 'narrow'} />} />
          </div>
        )}
        <div className="flex min-w-0 flex-1 flex-col">
          {!phone && <TopBar />}
          <main id="main" tabIndex={-1} className="relative flex min-h-0 flex-1 flex-col overflow-y-auto outline-none">
            <NavigationBar />
            <Outlet />
          </main>
        </div>
      </div>
      {phone && organizationId !== null && (
        <div className="h-[calc(3.625rem+env(safe-area-inset-bottom))] shrink-0 bg-sunken">
          <PhoneBottomBar.Part />
        </div>
      )}
      <RouteAnnouncer />
      <Background.Part />
      <Layers />
    </div>
  );
}

function Home({ form }: { form: 'wide' | 'narrow' }) {
  return (
    <Link
      href="/"
      aria-label="Canopy, home"
      className={
        form === 'wide'
          ? 'flex h-11 shrink-0 items-center rounded-md pl-2'
          : 'flex h-11 shrink-0 items-center justify-center rounded-md'
      }
    >
      {form === 'wide' ? <Wordmark /> : <Logo />}
    </Link>
  );
}

/** A thin bar while the next page is on its way: not for a step that takes no time. */
function NavigationBar() {
  const waiting = useNavigation().state !== 'idle';
  const [late, setLate] = useState(false);
  useEffect(() => {
    if (!waiting) return undefined;
    const timer = setTimeout(() => setLate(true), 150);
    return () => {
      clearTimeout(timer);
      setLate(false);
    };
  }, [waiting]);
  if (!waiting || !late) return null;
  return (
    <div className="pointer-events-none absolute inset-x-0 top-0 z-10 h-0.5 overflow-hidden">
      <output className="sr-only">Opening</output>
      <div className="ui-slide h-full w-2/5 bg-accent" />
    </div>
  );
}

function Layers() {
  const sheet = useOpenSheet();
  const sessionLost = useSessionLost();
  const outcomes = useOpenOutcomes();
  useEffect(listenForPalette, []);
  return (
    <>
      {sheet === 'drawer' && <Drawer.Part />}
      {(sheet === 'palette' || sheet === 'switch') && <Palette.Part only={sheet === 'switch' ? 'organizations' : null} />}
      {sheet === 'shortcuts' && <ShortcutSheet.Part />}
      {outcomes.length > 0 && <OpenOutcomes.Part />}
      {sessionLost && <SessionLostDialog.Part />}
    </>
  );
}
