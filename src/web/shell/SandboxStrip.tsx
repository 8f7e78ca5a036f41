import { TextAction } from '../ui/Link.tsx';

/** Says on every screen that nothing here is real. It cannot be closed. */
export function SandboxStrip() {
  return (
    <aside
      aria-label="Sandbox"
      className="hatch flex h-6 shrink-0 items-center justify-between border-b border-warning-line bg-warning-soft px-4 text-xs text-warning-ink [--hatch-color:color-mix(in_oklab,var(--color-warning-line)_55%,transparent)] max-sm:px-3"
    >
      <p className="flex h-full items-center gap-3 bg-warning-soft pr-3">
        <strong>Sandbox</strong>
        <span className="max-sm:hidden">Every organization, person and cost here is invented. Nothing reaches Cloudflare.</span>
        <span className="sm:hidden">Invented data</span>
      </p>
      <span className="flex h-full items-center bg-warning-soft pl-3 max-sm:hidden">
        <TextAction href="/settings#connect" className="font-semibold text-warning-ink! underline underline-offset-2">
          Connect a credential
        </TextAction>
      </span>
    </aside>
  );
}
