import { useRouteError } from 'react-router';
import { Headed } from './Headed.tsx';
import { ErrorPage } from './load-layers.ts';

/** A failed screen inside the frame: navigation still works. */
export function PageError() {
  const error = useRouteError();
  return (
    <Headed>
      <ErrorPage.Part error={error} />
    </Headed>
  );
}

/** Failure of the frame itself. What shows failures may be what is missing, so the essentials stand here in plain text. */
export function RootError() {
  const error = useRouteError();
  return (
    <main className="mx-auto max-w-160 p-8">
      <title>Canopy</title>
      <h1 className="px-4 text-xl font-semibold">Canopy could not start</h1>
      <ErrorPage.Part error={error} />
      <p className="px-4 text-muted">
        <a href="/" className="link">
          Reload Canopy
        </a>
      </p>
    </main>
  );
}
