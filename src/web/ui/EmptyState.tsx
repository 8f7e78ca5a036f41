import { DatabaseBackup, EyeOff, ListFilter, MapPinOff, Network } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

/**
 * Why there are no rows.
 * - `nothing`: nothing exists
 * - `filtered`: filters hide what exists
 * - `not-allowed`: a rule, not an empty list
 * - `not-synchronized`: not read yet
 * - `not-found`: it was here, or never
 */
export type EmptyKind = 'nothing' | 'filtered' | 'not-allowed' | 'not-synchronized' | 'not-found';

const icons: Record<EmptyKind, LucideIcon> = {
  nothing: Network,
  filtered: ListFilter,
  'not-allowed': EyeOff,
  'not-synchronized': DatabaseBackup,
  'not-found': MapPinOff,
};

export interface EmptyStateProps {
  kind?: EmptyKind | undefined;
  icon?: LucideIcon | undefined;
  title: string;
  /** One sentence: where things would come from, how many are hidden, which rule holds. */
  children?: ReactNode;
  /** The filters that hide rows, each removable. */
  chips?: ReactNode;
  strip?: ReactNode;
  /** One act, and at most one quiet one. */
  actions?: ReactNode;
}

/** A region without rows says why, and what to do. */
export function EmptyState({ kind = 'nothing', icon, title, children, chips, strip, actions }: EmptyStateProps) {
  const Icon = icon ?? icons[kind];
  return (
    <section aria-label={title} className="mx-auto grid w-full max-w-96 justify-items-center gap-1.5 px-4 py-10 text-center">
      <Icon className="mb-1 size-5.5 text-faint" />
      <h2 className="text-md font-semibold">{title}</h2>
      {children && <div className="max-w-82 text-pretty text-muted">{children}</div>}
      {chips && <div className="mt-1.5 flex flex-wrap justify-center gap-1.5">{chips}</div>}
      {strip && <div className="mt-1 w-75 max-w-full">{strip}</div>}
      {actions && <div className="mt-1.5 flex flex-wrap justify-center gap-2">{actions}</div>}
    </section>
  );
}
