import { useId } from 'react';
import { Badge } from './Badge.tsx';

/** What a figure is: sent by Cloudflare, computed by a rate card, some of both, inside the allowance, or without a price. */
export type Basis = 'billed' | 'estimated' | 'mixed' | 'included' | 'no-rate';

export const basisWords: Record<Basis, string> = {
  billed: 'Billed',
  estimated: 'Estimated',
  mixed: 'Partly estimated',
  included: 'Within allowance',
  'no-rate': 'No rate',
};

const frame = <rect x="0.6" y="0.6" width="8.8" height="8.8" rx="1.6" fill="none" stroke="currentColor" strokeWidth="1.2" />;
const hatchLines = 'M-1 4 4 -1 M-1 8 8 -1 M1 10 10 1 M5 10 10 5';

/** Ten pixels that read in black and white. Decoration: the word stands beside it. */
export function BasisGlyph({ basis }: { basis: Basis }) {
  const clip = useId();
  return (
    <svg viewBox="0 0 10 10" className="size-2.5 shrink-0" aria-hidden="true">
      {basis === 'billed' && <rect width="10" height="10" rx="2" fill="currentColor" />}
      {(basis === 'estimated' || basis === 'mixed') && (
        <>
          <clipPath id={clip}>
            <rect x={basis === 'mixed' ? 5 : 0.6} y="0.6" width={basis === 'mixed' ? 4.4 : 8.8} height="8.8" />
          </clipPath>
          <path d={hatchLines} clipPath={`url(#${clip})`} stroke="currentColor" strokeWidth="1.1" fill="none" />
          {basis === 'mixed' && <path d="M5 0H2a2 2 0 0 0-2 2v6a2 2 0 0 0 2 2h3z" fill="currentColor" />}
          {frame}
        </>
      )}
      {basis === 'included' && (
        <>
          <path d="M0.6 6.4h8.8V8a1.4 1.4 0 0 1-1.4 1.4H2A1.4 1.4 0 0 1 0.6 8z" fill="currentColor" />
          {frame}
        </>
      )}
      {basis === 'no-rate' && (
        <>
          {frame}
          <path d="M2.4 7.6 7.6 2.4" stroke="currentColor" strokeWidth="1.2" />
        </>
      )}
    </svg>
  );
}

export function BasisBadge({ basis }: { basis: Basis }) {
  return <Badge glyph={<BasisGlyph basis={basis} />}>{basisWords[basis]}</Badge>;
}
