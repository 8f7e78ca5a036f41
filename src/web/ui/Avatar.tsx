/** First letters of the first and last word. */
function initialsOf(name: string): string {
  const words = name.split(/[\s@.]+/).filter(Boolean);
  const first = words[0]?.at(0) ?? '?';
  const last = words.length > 1 && !name.includes('@') ? (words.at(-1)?.at(0) ?? '') : '';
  return (first + last).toUpperCase();
}

/** Initials in a square. No pictures, no colours by name. */
export function Avatar({ name }: { name: string }) {
  return (
    <span
      aria-hidden="true"
      className="inline-flex size-6 shrink-0 items-center justify-center rounded-md bg-press text-2xs font-semibold text-muted"
    >
      {initialsOf(name)}
    </span>
  );
}
