import { KeyRound } from 'lucide-react';
import type { ReactNode } from 'react';
import type { SpendState } from '../../../contract/canopy/spend.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import type { EmptyStateProps } from '../../ui/EmptyState.tsx';
import { Link } from '../../ui/Link.tsx';
import { whyNothing } from './failure-groups.ts';

/** Why there is no usage to show: it was refused, failed, is paused, on its way, or there is none. Only the last is nothing. */
export function NothingStored({ state }: { state: SpendState }) {
  const error = state.failures[0]?.error;
  const why: Readonly<
    Record<ReturnType<typeof whyNothing>, Pick<EmptyStateProps, 'kind' | 'icon' | 'title'> & { words: ReactNode }>
  > = {
    refused: {
      kind: 'not-allowed',
      icon: KeyRound,
      title: 'Cloudflare refuses to tell usage',
      words: (
        <>
          What is spent is not known, which is not zero. Whoever manages Canopy’s credential at Cloudflare may grant it to read
          usage:{' '}
          <Link className="link" href="/settings">
            Credential doctor
          </Link>{' '}
          shows what it can do.
        </>
      ),
    },
    failed: {
      kind: 'not-synchronized',
      title: 'Usage could not be read',
      words: `What is spent is not known, which is not zero. ${error?.message ?? ''} ${state.sync.status === 'paused' ? 'Once reading is resumed, Canopy tries again.' : 'Canopy tries again by itself.'}`,
    },
    paused: {
      kind: 'not-synchronized',
      title: 'Nothing was read before reading was paused',
      words: 'What is spent is not known, which is not zero. Once reading is resumed, days appear here, newest first.',
    },
    reading: {
      kind: 'not-synchronized',
      title: 'Usage is being read for the first time',
      words: 'Days appear here as they arrive, newest first.',
    },
    'no-record': {
      kind: 'nothing',
      title: 'No usage record is stored',
      words: 'Cloudflare answered with no record. It does so too for organizations without the entitlement to read usage.',
    },
  };
  const { words, ...look } = why[whyNothing(state)];
  return <EmptyState {...look}>{words}</EmptyState>;
}
