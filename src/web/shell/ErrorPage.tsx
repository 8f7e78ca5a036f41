import type { ErrorReport } from '../../contract/envelope.ts';
import { Failure } from '../queries/client.ts';
import { Button } from '../ui/Button.tsx';
import { ErrorState } from '../ui/ErrorState.tsx';
import { TextAction } from '../ui/Link.tsx';
import { isMissingChunk } from './load-page.ts';

/** What failed, in the one form that failures are shown in. */
function reportOf(error: unknown): { title: string; report: ErrorReport } {
  if (error instanceof Failure) return { title: 'This screen could not be read', report: error.report };
  if (isMissingChunk(error)) {
    return {
      title: 'This screen could not be loaded',
      report: {
        code: 'internal',
        message: 'A part of Canopy did not arrive. A newer version may have replaced it, or the connection broke.',
        action: 'Reload the page.',
        requestId: 'none',
      },
    };
  }
  return {
    title: 'This screen failed',
    report: {
      code: 'internal',
      message: `Canopy made a mistake while drawing it: ${error instanceof Error ? error.message : String(error)}.`,
      action: 'Reload the page. If it happens again, report it with these details.',
      requestId: 'none',
    },
  };
}

/** Whatever made a screen fail, with what to do and what to report. */
export function ErrorPage({ error }: { error: unknown }) {
  const { title, report } = reportOf(error);
  return (
    <ErrorState
      error={report}
      title={title}
      actions={
        <>
          <Button size="toolbar" onClick={() => window.location.reload()}>
            Reload the page
          </Button>
          <TextAction href="/">Go home</TextAction>
        </>
      }
    />
  );
}
