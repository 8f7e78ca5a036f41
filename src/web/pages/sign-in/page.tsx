import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { useLocation, useNavigate } from 'react-router';
import type { Identity, SignInOptions } from '../../../contract/canopy/session.ts';
import { formatCount, plural } from '../../lib/format.ts';
import { leavingOf } from '../../lib/leaving.ts';
import { safeReturn } from '../../lib/paths.ts';
import { signInOptionsQuery, useSignIn } from '../../queries/sign-in.ts';
import { ErrorLine, ErrorState } from '../../ui/ErrorState.tsx';
import { Brand, Column, Foot } from './Column.tsx';
import { HierarchyDrawing } from './HierarchyDrawing.tsx';
import { titleOf } from './identity-facts.ts';
import { IdentityList } from './IdentityList.tsx';
import { drawHierarchy, idsWithin } from './layout.ts';
import { Leave } from './Leave.tsx';
import { LinkSignIn } from './LinkSignIn.tsx';
import { RolesNote } from './RolesNote.tsx';

type Identities = Extract<SignInOptions, { method: 'identities' }>;

/** Where people come in, and where they go when they sign out. */
export function Component() {
  const leaving = leavingOf(useLocation().state);
  return leaving ? <Leave leaving={leaving} /> : <SignIn />;
}

/** Who are you? In the sandbox one of its people, one click each; with a real credential the link of the terminal. */
function SignIn() {
  const options = useQuery(signInOptionsQuery());
  const { code, next } = useLinkParts();
  const navigate = useNavigate();
  const onDone = () => void navigate(safeReturn(next), { replace: true });
  if (options.error) {
    return (
      <Column title="Sign in to Canopy">
        <ErrorState
          error={options.error.report}
          title="The ways to sign in could not be read"
          onRetry={() => void options.refetch()}
        />
      </Column>
    );
  }
  if (!options.data) return <Column title="Sign in to Canopy">{null}</Column>;
  const { result } = options.data;
  if (result.method === 'identities') return <SandboxSignIn options={result} onDone={onDone} />;
  return (
    <Column
      title="Sign in to Canopy"
      lead={
        code === null
          ? 'This Canopy uses a Cloudflare credential. Its one-time sign-in link is in the terminal where it was started.'
          : 'This link signs you in as an administrator, once.'
      }
    >
      <LinkSignIn code={code} onDone={onDone} />
    </Column>
  );
}

/**
 * The code stands after `#`, so no server and no log ever sees it; and it leaves the address at once, so it does not
 * stay in the history or in a copied URL.
 */
function useLinkParts(): { code: string | null; next: string | null } {
  const { search, hash } = useLocation();
  const navigate = useNavigate();
  const here = new URLSearchParams(hash.slice(1)).get('code');
  const [code, setCode] = useState(here);
  // a newer link opened where this page already stands only changes the hash
  if (here !== null && here !== code) setCode(here);
  useEffect(() => {
    if (here !== null) void navigate({ search }, { replace: true });
  }, [here, search, navigate]);
  return { code, next: new URLSearchParams(search).get('next') };
}

function SandboxSignIn({ options, onDone }: { options: Identities; onDone: () => void }) {
  const { identities, drawing: nodes } = options;
  const [considered, setConsidered] = useState<Identity | null>(null);
  const signIn = useSignIn();
  const drawing = useMemo(() => drawHierarchy(nodes), [nodes]);
  const lit = useMemo(
    () => (considered ? idsWithin(nodes, considered.scopeOrganizationId) : new Set<string>()),
    [nodes, considered],
  );
  // the drawing may leave organizations out, and holds no account that is not read yet
  const whole = identities.find(({ scopeOrganizationId }) => scopeOrganizationId === null)?.sees;
  const roots = nodes.filter(({ parentId }) => parentId === null);
  const sees = considered?.sees;
  const workingId = signIn.isPending && signIn.variables && 'identity' in signIn.variables ? signIn.variables.identity : null;
  const words = whole
    ? `${plural(whole.organizations, 'organization')}, ${plural(whole.accounts, 'account')}`
    : 'still being read';
  return (
    <div className="grid min-h-dvh grid-cols-[minmax(24rem,37rem)_1fr] max-lg:grid-cols-1 max-lg:grid-rows-[14.25rem_1fr]">
      <title>Sign in · Canopy</title>
      <section
        aria-label="The sandbox"
        className="relative order-2 flex min-h-0 flex-col overflow-hidden bg-sunken max-lg:order-1 max-lg:border-b max-lg:border-line lg:border-l lg:border-line"
      >
        <p className="flex h-20 items-center gap-2 px-8 text-muted max-lg:hidden" aria-live="polite">
          <span className={considered ? 'size-2 rounded-full bg-accent' : 'size-2 rounded-full bg-line-strong'} />
          {considered ? (
            <span>
              what the {titleOf(considered).toLowerCase()} sees:{' '}
              <strong className="text-ink">{sees ? plural(sees.accounts, 'account') : 'its part of the tree'}</strong>
            </span>
          ) : drawing.accountsPerDot === 1 ? (
            'one dot is one account'
          ) : (
            `one dot is ${formatCount(drawing.accountsPerDot)} accounts`
          )}
        </p>
        <HierarchyDrawing
          drawing={drawing}
          lit={lit}
          label={`The hierarchy from above: ${words}`}
          className="min-h-0 w-full flex-1 px-2 max-lg:absolute max-lg:-top-16 max-lg:left-[calc(50%-10rem)] max-lg:w-135 max-lg:px-0 max-lg:[&_text]:hidden"
        />
        <p className="flex h-20 flex-wrap items-center gap-x-6 px-8 text-muted max-lg:hidden">
          {roots.length === 1 && <strong className="text-ink">{roots[0]?.name}</strong>}
          <span>{words}</span>
        </p>
        <Brand className="absolute top-5 left-5 lg:hidden" />
      </section>
      <main className="order-1 flex min-h-0 flex-col px-18 pt-12 pb-8 max-lg:order-2 max-lg:px-(--gutter) max-lg:pt-6 max-lg:pb-4">
        <Brand className="max-lg:hidden" />
        <div className="my-auto flex w-full max-w-112 flex-col gap-5 pb-24 max-lg:mx-auto max-lg:mt-0 max-lg:pb-8">
          <div>
            <h1 className="text-xl font-semibold">Sign in to the sandbox</h1>
            <p className="mt-1 text-md text-muted max-lg:hidden">
              No Cloudflare credential is set, so this is an invented distributor. Choose who to be; you can switch at any time.
            </p>
            <p className="mt-1 text-md text-muted lg:hidden">An invented distributor: {words}. Choose who to be.</p>
          </div>
          <IdentityList
            identities={identities}
            workingId={workingId}
            onChoose={({ id }) => signIn.mutate({ identity: id }, { onSuccess: onDone })}
            onConsider={setConsidered}
          />
          {signIn.error && (
            <ErrorLine error={signIn.error.report} title={`${signIn.error.report.message} ${signIn.error.report.action}`} />
          )}
          <RolesNote />
        </div>
        <Foot>
          <span className="size-1.5 rounded-full bg-success" />
          Sandbox: nothing reaches Cloudflare
        </Foot>
      </main>
    </div>
  );
}
