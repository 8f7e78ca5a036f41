import { useEffect } from 'react';
import type { Leaving } from '../../lib/leaving.ts';
import { useLeave } from '../../queries/leave.ts';
import { ButtonLink } from '../../ui/Button.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { currentToasts, toasts } from '../../ui/toasts.ts';
import { Column } from './Column.tsx';

/** The way out: nothing else is on the screen while the session ends. */
export function Leave({ leaving }: { leaving: Leaving }) {
  const { mutate: leave, error } = useLeave(leaving);
  // coming here is the act: whoever pressed the button is a page that is gone
  useEffect(() => {
    // what waits for its undo has no later
    for (const { id } of currentToasts()) toasts.close(id);
    leave();
  }, [leave]);
  if (!error || error.report.code === 'not_signed_in') return <Column title="Signing out">{null}</Column>;
  return (
    <Column title="You may still be signed in">
      <ErrorState
        error={error.report}
        title="Signing out failed"
        onRetry={() => leave()}
        actions={
          <ButtonLink size="toolbar" href="/">
            Stay signed in
          </ButtonLink>
        }
      />
    </Column>
  );
}
