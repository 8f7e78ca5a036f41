import { useCallback, useState } from 'react';
import type { Hierarchy } from '../../contract/canopy/hierarchy.ts';
import { formatCount, plural } from '../lib/format.ts';
import { isolated } from '../lib/bidi.ts';
import { useRole } from '../queries/role.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog, DialogSection } from '../ui/Dialog.tsx';
import { ErrorLine } from '../ui/ErrorState.tsx';
import { Strip } from '../ui/Strip.tsx';
import type { StripState } from '../ui/Strip.tsx';
import { Upstream } from '../ui/Upstream.tsx';
import { MoveEffects } from './MoveEffects.tsx';
import { moveTitle } from './move-accounts.ts';
import type { Moved } from './move-accounts.ts';
import { whyAccountsStay, whyNotDestination } from './move-rules.ts';
import type { OrganizationIndex, OrganizationItem } from './organization-index.ts';
import { TargetPicker } from './TargetPicker.tsx';
import type { AccountItem } from './tree.ts';
import { useAccountMoves } from './use-account-moves.ts';
import type { AccountMoves, MoveState } from './use-account-moves.ts';
import { useControlChange } from './use-control-change.ts';
import { useShareChange } from './use-share-change.ts';

/** Requests of Canopy that Cloudflare takes in a minute: 900 in five. */
const aMinute = 180;

const cells: Record<MoveState['state'], StripState> = {
  waiting: 'waiting',
  running: 'running',
  done: 'done',
  failed: 'failed',
  unknown: 'partial',
};

interface Props {
  accounts: readonly AccountItem[];
  index: OrganizationIndex;
  top: OrganizationItem;
  shape: Hierarchy['shape'];
  firstTarget: OrganizationItem | null;
  onClose: () => void;
  onMoved: (to: OrganizationItem, told: Moved) => void;
}

/** Moves accounts to another organization of the same Distributor: the target, what it changes, one result for each. */
export function MoveAccountsDialog({ accounts, index, top, shape, firstTarget, onClose, onMoved }: Props) {
  const [target, setTarget] = useState(firstTarget);
  const { session } = useRole();
  const moves = useAccountMoves(accounts);
  const sources = [...new Set(accounts.flatMap(({ account }) => index.byId.get(account.organizationId) ?? []))];
  const sourceIds = sources.map(({ id }) => id).join(' ');
  const control = useControlChange({ kind: 'accounts', sources }, target);
  const shares = useShareChange({ kind: 'accounts', sources }, target, new Set(accounts.map(({ account }) => account.id)));
  const refusal = useCallback(
    (candidate: OrganizationItem) =>
      whyNotDestination(
        sourceIds.split(' ').flatMap((id) => index.byId.get(id) ?? []),
        candidate,
        shape,
      ),
    [sourceIds, index, shape],
  );
  const held = sources.flatMap((source) => {
    const reason = whyAccountsStay(source, shape);
    return reason === null ? [] : [`${source.node.name}: ${reason}`];
  })[0];
  const [first] = sources;
  const begun = moves.count('waiting') < accounts.length;
  const failed = moves.count('failed');

  const send = async () => {
    if (!target || !(await moves.run(target.id))) return;
    onMoved(target, {
      title: `${accounts.length === 1 ? isolated(accounts[0]?.name ?? 'Account') : plural(accounts.length, 'account')} moved to ${isolated(target.node.name)}`,
      note:
        sources.length === 1
          ? 'May take minutes to show everywhere.'
          : `They came from ${sources.length} organizations. May take minutes to show everywhere.`,
      from: sources.length === 1 && first ? first : null,
    });
  };
  const whyClosed =
    held ?? (target === null ? 'Choose a target first.' : begun && failed === 0 && 'Every account has its result.');
  return (
    <Dialog
      title={moveTitle(accounts)}
      size="preflight"
      consequence="What is inside an account goes along. Who controls it through implicit access changes."
      cancel={begun ? (moves.isRunning ? 'Stop' : 'Close') : 'Cancel'}
      onClose={() => {
        moves.stop();
        if (!moves.isRunning) onClose();
      }}
      note={
        begun ? (
          <Progress moves={moves} total={accounts.length} />
        ) : accounts.length === 1 ? (
          'Nothing is sent until you confirm.'
        ) : (
          `${plural(accounts.length, 'request')}, one after another${accounts.length > aMinute ? `: ${plural(Math.ceil(accounts.length / aMinute), 'minute')} at least` : ''}.`
        )
      }
      act={
        <Button kind="primary" working={moves.isRunning && 'Moving…'} disabledReason={whyClosed} onClick={() => void send()}>
          {begun
            ? `Retry ${formatCount(failed)} failed`
            : accounts.length === 1
              ? 'Move account'
              : `Move ${plural(accounts.length, 'account')}`}
        </Button>
      }
    >
      {!begun && first && (
        <DialogSection>
          <TargetPicker index={index} top={top} from={first} refusal={refusal} chosen={target} onChoose={setTarget} />
        </DialogSection>
      )}
      {target && !begun && (
        <DialogSection>
          <MoveEffects
            from={<Upstream>{sources.map(({ node }) => node.name).join(', ')}</Upstream>}
            to={<Upstream>{target.node.name}</Upstream>}
            along={
              accounts.length <= 5 ? (
                <Upstream>{accounts.map(({ name }) => name).join(', ')}</Upstream>
              ) : (
                plural(accounts.length, 'account')
              )
            }
            control={control}
            shares={shares}
            scoped={session.scopeOrganizationId !== null}
          />
        </DialogSection>
      )}
      {begun && (
        <DialogSection>
          <ul className="grid gap-1.5">
            {accounts.map(({ id, name }) => (
              <Result key={id} name={name} state={moves.states.get(id)} />
            ))}
          </ul>
        </DialogSection>
      )}
    </Dialog>
  );
}

function Progress({ moves, total }: { moves: AccountMoves; total: number }) {
  const words = [
    `${moves.count('done')} of ${total} moved`,
    moves.count('failed') > 0 && `${moves.count('failed')} failed`,
    moves.count('unknown') > 0 && `${moves.count('unknown')} unknown`,
  ].filter(Boolean);
  return (
    <output className="flex items-center gap-2">
      <Strip
        height={6}
        className="w-24"
        label="Results"
        cells={[...moves.states.values()].map(({ state }) => ({ state: cells[state] }))}
      />
      {words.join(', ')}
    </output>
  );
}

function Result({ name, state }: { name: string; state: MoveState | undefined }) {
  if (state && 'error' in state) {
    return (
      <li>
        <ErrorLine error={state.error} title={state.state === 'unknown' ? `${name}: outcome unknown` : `${name} was not moved`} />
      </li>
    );
  }
  return (
    <li className="flex justify-between gap-3">
      <span className="truncate">
        <Upstream>{name}</Upstream>
      </span>
      <span className="text-muted">{state?.state === 'done' ? 'Moved' : state?.state === 'running' ? 'Moving…' : 'Waiting'}</span>
    </li>
  );
}
