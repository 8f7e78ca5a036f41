import { lazy, Suspense, useState } from 'react';
import type { SpendQuestion } from '../../../contract/canopy/spend.ts';
import { TextAction } from '../../ui/Link.tsx';

const Waterfall = lazy(() => import('./Waterfall.tsx'));

/** Six more questions, so only when somebody asks them. */
export function FromListToBilled({ question, currency }: { question: SpendQuestion; currency: string }) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <section aria-label="From list to billed" className="px-4 py-3">
      <h2 className="flex justify-between gap-3 text-xs font-semibold text-muted">
        From list to billed
        <TextAction onPress={() => setIsOpen(!isOpen)}>{isOpen ? 'Hide' : 'Show'}</TextAction>
      </h2>
      {isOpen && (
        <Suspense fallback={<p className="py-1 text-xs text-muted">Asking…</p>}>
          <Waterfall question={question} currency={currency} />
        </Suspense>
      )}
    </section>
  );
}
