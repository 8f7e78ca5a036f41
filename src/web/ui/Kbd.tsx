/** A key as it stands on a keyboard. */
export function Kbd({ keys }: { keys: string }) {
  return (
    <kbd className="inline-flex h-4.5 min-w-4.5 items-center justify-center rounded-sm border border-line bg-sunken px-1 font-sans text-2xs font-normal text-muted tracking-normal">
      {keys}
    </kbd>
  );
}
