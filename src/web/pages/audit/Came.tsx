import type { Arrival } from '../../../contract/canopy/receipts.ts';
import { Fact } from '../../ui/FactGrid.tsx';

const methods = { identities: 'one click in the sandbox', link: 'the link in the terminal' } as const;

/** Where somebody came from, and by which session; nothing where that was not kept yet. */
export function Came({ came }: { came: Arrival | null }) {
  if (!came) return null;
  const { address, session, method } = came;
  return (
    <Fact term="From">
      <span className="mono">{address ?? 'unknown address'}</span>
      {session !== null && (
        <span className="block text-muted">
          Session <span className="mono">{session}</span>
          {method && `, signed in with ${methods[method]}`}
        </span>
      )}
    </Fact>
  );
}
