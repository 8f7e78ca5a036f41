import type { Hierarchy } from '../../../contract/canopy/hierarchy.ts';
import { formatCount } from '../../lib/format.ts';
import { Kbd } from '../../ui/Kbd.tsx';
import { TextAction } from '../../ui/Link.tsx';
import { StatusBar } from '../../ui/StatusBar.tsx';
import { StripWithWords } from '../../ui/Strip.tsx';
import { Time } from '../../ui/Time.tsx';
import type { Found } from '../../tree/search.ts';
import type { TreeCostsOr } from './use-costs.ts';

function Key({ keys, does }: { keys: string; does: string }) {
  return (
    <span className="flex items-center gap-1 max-lg:hidden">
      <Kbd keys={keys} /> {does}
    </span>
  );
}

interface Props {
  hierarchy: Hierarchy;
  found: Found | null;
  /** The link names something that is not here. */
  missing: boolean;
  costs: TreeCostsOr;
  /** Opens the branches whose accounts did not load; undefined where the screen has none of them. */
  onShowFailed: (() => void) | undefined;
}

/** The foot: keys on the left, how complete and how old the tree is on the right. */
export function TreeStatus({ hierarchy, found, missing, costs, onShowFailed }: Props) {
  const { accounts } = hierarchy;
  const why = costs === 'none' ? 'no record has one yet' : costs !== 'coming' && costs?.notWhole;
  const failed = accounts.failed.length;
  const words = `${formatCount(accounts.answered)} of ${formatCount(accounts.total)} organizations answered`;
  return (
    <StatusBar
      end={
        <>
          {found ? (
            <span className="tabular">
              Searched {formatCount(found.searched)} nodes in {Math.max(1, Math.round(found.milliseconds))} ms
            </span>
          ) : (
            <StripWithWords
              label="Accounts by organization"
              words={words}
              cells={[
                { state: 'done' as const, count: accounts.answered },
                { state: 'running' as const, count: accounts.pending },
                { state: 'failed' as const, count: failed },
              ].flatMap(({ state, count }) =>
                accounts.total <= 60 ? Array.from({ length: count }, () => ({ state })) : [{ state, count }],
              )}
            />
          )}
          {why && <span>Cost: {why}</span>}
          {onShowFailed && (
            <TextAction size="xs" onPress={onShowFailed}>
              Show what failed
            </TextAction>
          )}
          <span>
            As of <Time at={hierarchy.asOf} show="minute" />
          </span>
        </>
      }
    >
      {missing ? (
        'What this link names is not here: moved, deleted, or out of sight.'
      ) : found ? (
        <>
          <Key keys="n" does="next hit" />
          <Key keys="N" does="previous" />
        </>
      ) : (
        <>
          <Key keys="→" does="open" />
          <Key keys="m" does="move" />
          <Key keys="r" does="rename" />
        </>
      )}
    </StatusBar>
  );
}
