import { SunMoon } from 'lucide-react';
import type { ReactNode } from 'react';
import { setPreference, usePreferences } from '../../lib/preferences.ts';
import { Logo } from '../../ui/Logo.tsx';

/** A page of one card: somebody comes or goes. */
export function Column({ title, lead, children }: { title: string; lead?: string; children: ReactNode }) {
  return (
    <div className="flex min-h-dvh flex-col bg-sunken p-6">
      <title>Sign in · Canopy</title>
      <main className="m-auto flex w-full max-w-112 flex-col gap-5 rounded-lg border border-line bg-canvas p-8">
        <Brand />
        <div>
          <h1 className="text-xl font-semibold">{title}</h1>
          {lead && <p className="mt-1 text-md text-muted">{lead}</p>}
        </div>
        {children}
      </main>
      <Foot>Canopy</Foot>
    </div>
  );
}

export function Brand({ className = '' }: { className?: string }) {
  return (
    <span className={`flex items-center gap-2.5 ${className}`}>
      <Logo className="size-6.5" />
      <span className="text-[1.4375rem] leading-7 font-semibold tracking-[-0.015em]">Canopy</span>
    </span>
  );
}

const themes = ['system', 'light', 'dark'] as const;

export function Foot({ children }: { children: ReactNode }) {
  const { theme } = usePreferences();
  const next = themes[(themes.indexOf(theme) + 1) % themes.length] ?? 'system';
  return (
    <footer className="flex items-center justify-between text-xs text-muted">
      <span className="flex items-center gap-2">{children}</span>
      <button
        type="button"
        className="flex h-(--control-row) items-center gap-1.5 rounded-md px-1.5 hover:bg-hover hover:text-ink"
        onClick={() => setPreference('theme', next)}
      >
        <SunMoon className="size-3.5" />
        Theme: {theme}
      </button>
    </footer>
  );
}
