import { LogIn } from 'lucide-react';
import { useState } from 'react';
import { useSignIn } from '../../queries/sign-in.ts';
import { Button } from '../../ui/Button.tsx';
import { ErrorLine } from '../../ui/ErrorState.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { codeIn } from './code.ts';

/**
 * Signing in with the one-time link of the terminal. The code is used by a press of the button: whatever fetches
 * the link ahead of the person (a preview, a scanner) must not spend it.
 */
export function LinkSignIn({ code, onDone }: { code: string | null; onDone: () => void }) {
  const [typed, setTyped] = useState('');
  const signIn = useSignIn();
  // a link that was used does not work again: ask for the next one
  const [spent, setSpent] = useState<string | null>(null);
  const usable = code === spent ? null : code;
  const given = usable ?? codeIn(typed);
  const failed = signIn.error?.report;
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (given !== null) signIn.mutate({ code: given }, { onSuccess: onDone, onError: () => setSpent(code) });
      }}
    >
      {usable === null && (
        <TextField
          label="Link or code"
          hint="Canopy prints it in the terminal when it starts. It works once."
          value={typed}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => setTyped(event.target.value)}
          error={typed !== '' && given === null ? 'This is not a link of Canopy, nor its code.' : undefined}
        />
      )}
      {failed && <ErrorLine error={failed} title={`${failed.message} ${failed.action}`} />}
      <Button
        type="submit"
        kind="primary"
        icon={LogIn}
        className="self-start"
        working={signIn.isPending && 'Signing in…'}
        disabledReason={given === null && 'Paste the link that Canopy printed in the terminal.'}
      >
        Sign in
      </Button>
    </form>
  );
}
