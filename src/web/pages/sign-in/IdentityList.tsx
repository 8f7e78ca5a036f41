import { ArrowRight } from 'lucide-react';
import type { Identity } from '../../../contract/canopy/session.ts';
import { classes } from '../../ui/classes.ts';
import { Spinner } from '../../ui/Spinner.tsx';
import { iconOf, titleOf } from './identity-facts.ts';

export interface IdentityListProps {
  identities: readonly Identity[];
  /** The one being signed in. */
  workingId: string | null;
  onChoose: (identity: Identity) => void;
  /** The one under the pointer or the focus; null when there is none. */
  onConsider?: (identity: Identity | null) => void;
}

/** The people of the sandbox, one click each, each saying what it may see. */
export function IdentityList({ identities, workingId, onChoose, onConsider }: IdentityListProps) {
  return (
    <ul className="overflow-hidden rounded-lg border border-line bg-raised" onPointerLeave={() => onConsider?.(null)}>
      {identities.map((identity) => {
        const Icon = iconOf(identity);
        return (
          <li key={identity.id} className="border-b border-line-soft last:border-b-0">
            <button
              type="button"
              aria-disabled={workingId !== null || undefined}
              className="group flex w-full items-center gap-3 px-4 py-2.75 text-left -outline-offset-2 hover:bg-selected focus-visible:bg-selected"
              onPointerEnter={() => onConsider?.(identity)}
              onFocus={() => onConsider?.(identity)}
              onBlur={() => onConsider?.(null)}
              onClick={() => {
                if (workingId === null) onChoose(identity);
              }}
            >
              <span className="flex size-8 shrink-0 items-center justify-center rounded-md bg-press text-muted group-hover:bg-accent group-hover:text-on-accent group-focus-visible:bg-accent group-focus-visible:text-on-accent">
                <Icon className="size-4" />
              </span>
              <span className="min-w-0 flex-1">
                <span className="flex flex-wrap gap-x-2">
                  <span className="font-semibold">{titleOf(identity)}</span>
                  <span className="text-muted">{identity.name}</span>
                </span>
                <span className="block text-muted">{identity.description}</span>
              </span>
              {workingId === identity.id ? (
                <Spinner className="size-4 text-accent-ink" />
              ) : (
                <ArrowRight
                  className={classes('size-4 text-muted group-hover:text-accent-ink group-focus-visible:text-accent-ink')}
                />
              )}
            </button>
          </li>
        );
      })}
    </ul>
  );
}
