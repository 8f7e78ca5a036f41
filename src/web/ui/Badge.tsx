import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { classes } from './classes.ts';

export type BadgeTone = 'plain' | 'warning' | 'danger' | 'info' | 'accent' | 'success';

const tones: Record<BadgeTone, string> = {
  plain: 'border-line text-muted',
  warning: 'border-warning-line bg-warning-soft text-warning-ink',
  danger: 'border-danger-line bg-danger-soft text-danger-ink',
  info: 'border-info-line bg-info-soft text-info-ink',
  accent: 'border-accent-line bg-accent-soft text-accent-ink',
  success: 'border-success-line bg-success-soft text-success-ink',
};

/** A short fact about a thing. Tinted only where a person should look; at most two beside a name. */
export function Badge({
  tone = 'plain',
  icon: Icon,
  glyph,
  children,
}: {
  tone?: BadgeTone | undefined;
  icon?: LucideIcon | undefined;
  glyph?: ReactNode;
  children: ReactNode;
}) {
  return (
    <span
      className={classes(
        'inline-flex h-4.5 shrink-0 items-center gap-1 rounded-sm border px-1.25 text-[0.71875rem] leading-none font-medium whitespace-nowrap',
        tones[tone],
      )}
    >
      {Icon && <Icon className="size-2.75" />}
      {glyph}
      {children}
    </span>
  );
}
