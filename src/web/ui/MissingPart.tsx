import { CloudOff, RotateCw } from 'lucide-react';
import { Button } from './Button.tsx';

/** In place of a part of the app whose code could not be fetched: what to try, and what helps after a new version. */
export function MissingPart({ onRetry }: { onRetry: () => void }) {
  return (
    <section role="alert" className="flex gap-3 p-4">
      <CloudOff className="mt-0.5 size-4 text-danger" />
      <div>
        <h3 className="font-semibold">This part of Canopy could not be loaded</h3>
        <p className="prose-width text-muted">The connection broke, or a newer version has replaced it.</p>
        <div className="mt-3 flex flex-wrap gap-2">
          <Button size="toolbar" icon={RotateCw} onClick={onRetry}>
            Retry
          </Button>
          <Button size="toolbar" kind="quiet" onClick={() => window.location.reload()}>
            Reload the page
          </Button>
        </div>
      </div>
    </section>
  );
}
