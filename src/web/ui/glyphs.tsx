import { classes } from './classes.ts';

/** An organization: a small list. Drawn here and not taken from the icon set because it appears hundreds of times. */
export function OrganizationGlyph({ className }: { className?: string | undefined }) {
  return (
    <svg
      viewBox="0 0 13 13"
      className={classes('size-3.25 shrink-0', className)}
      fill="none"
      stroke="currentColor"
      aria-hidden="true"
    >
      <rect x="1.1" y="1.6" width="10.8" height="9.8" rx="2" strokeWidth="1.2" />
      <path d="M3.6 5h5.8M3.6 7.8h3.6" strokeWidth="1.2" strokeLinecap="round" />
    </svg>
  );
}

/** An account: a ring. */
export function AccountGlyph({ className }: { className?: string | undefined }) {
  return (
    <svg
      viewBox="0 0 13 13"
      className={classes('size-3.25 shrink-0', className)}
      fill="none"
      stroke="currentColor"
      aria-hidden="true"
    >
      <circle cx="6.5" cy="6.5" r="2.4" strokeWidth="1.3" />
    </svg>
  );
}
