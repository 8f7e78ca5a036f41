import { classes } from './classes.ts';

/** A tree whose crown is rows of a list; the lighter rows are the part not yet known. */
export function Logo({ className = 'size-4.5', title }: { className?: string | undefined; title?: string | undefined }) {
  return (
    <svg
      viewBox="0 0 16 16"
      className={classes('shrink-0 text-accent-ink', className)}
      fill="currentColor"
      {...(title ? { role: 'img', 'aria-label': title } : { 'aria-hidden': true })}
    >
      <rect x="5" y="0" width="6" height="3" rx="0.9" />
      <rect x="2" y="4" width="7" height="3" rx="0.9" />
      <rect x="10" y="4" width="4" height="3" rx="0.9" opacity="0.5" />
      <rect x="0" y="8" width="4" height="3" rx="0.9" opacity="0.5" />
      <rect x="5" y="8" width="11" height="3" rx="0.9" />
      <rect x="7" y="12" width="2" height="4" rx="0.7" />
    </svg>
  );
}

/** Mark and name. */
export function Wordmark() {
  return (
    <span className="inline-flex items-center gap-2">
      <Logo />
      <span className="text-[1.0625rem] leading-5 font-semibold tracking-[-0.015em]">Canopy</span>
    </span>
  );
}
