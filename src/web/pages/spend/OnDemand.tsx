import { Suspense, useState } from 'react';
import type { ReactNode } from 'react';
import { TextAction } from '../../ui/Link.tsx';

/** A part of the page that is loaded, and asked for, when somebody wants it. */
export function OnDemand({ title, children }: { title: string; children: ReactNode }) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <section aria-label={title} className="px-(--gutter) py-3">
      <h2 className="flex justify-between gap-3 text-xs font-semibold text-muted">
        {title}
        <TextAction onPress={() => setIsOpen(!isOpen)}>{isOpen ? 'Hide' : 'Show'}</TextAction>
      </h2>
      {isOpen && (
        <div className="pt-1.5">
          <Suspense fallback={<p className="py-1 text-xs text-muted">Asking…</p>}>{children}</Suspense>
        </div>
      )}
    </section>
  );
}
