import { useQuery } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import type { Hierarchy } from '../../../contract/canopy/hierarchy.ts';
import { plural } from '../../lib/format.ts';
import { isolated } from '../../lib/bidi.ts';
import { useRole } from '../../queries/role.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog, DialogSection } from '../../ui/Dialog.tsx';
import { ErrorLine } from '../../ui/ErrorState.tsx';
import { Upstream } from '../../ui/Upstream.tsx';
import { deepestLevelAllowed } from '../../tree/capability.ts';
import type { Moved } from '../../tree/move-accounts.ts';
import { MoveEffects } from '../../tree/MoveEffects.tsx';
import { whyNotParent } from '../../tree/move-rules.ts';
import { deepestLevel } from '../../tree/organization-index.ts';
import type { OrganizationIndex, OrganizationItem } from '../../tree/organization-index.ts';
import { TargetPicker } from '../../tree/TargetPicker.tsx';
import { useControlChange } from '../../tree/use-control-change.ts';
import { useShareChange } from '../../tree/use-share-change.ts';
import { changeBaseQuery, useModify } from './use-modify.ts';

interface Props {
  item: OrganizationItem;
  index: OrganizationIndex;
  top: OrganizationItem;
  shape: Hierarchy['shape'];
  /** Chosen from the start, to move back. */
  firstTarget: OrganizationItem | null;
  onClose: () => void;
  onMoved: (told: Moved) => void;
}

/** Gives an organization another parent: the target, what it changes, then one plain confirmation. */
export function MoveOrganizationDialog({ item, index, top, shape, firstTarget, onClose, onMoved }: Props) {
  const [target, setTarget] = useState(firstTarget);
  const { session } = useRole();
  const base = useQuery(changeBaseQuery(item.id));
  const { modify, isPending, error } = useModify();
  const control = useControlChange({ kind: 'organization', organization: item }, target);
  const shares = useShareChange({ kind: 'organization', organization: item }, target);
  const refusal = useCallback((candidate: OrganizationItem) => whyNotParent(item, candidate, shape), [item, shape]);
  const scoped = session.scopeOrganizationId !== null;
  const name = item.node.name;

  const send = () => {
    if (!target || !base.data) return;
    modify(base.data, { parentId: target.id }).then(
      () => {
        onMoved({
          title: `${isolated(name)} moved to ${isolated(target.node.name)}`,
          note: 'May take minutes to show everywhere.',
          from: item.parent,
        });
      },
      () => undefined, // the dialog stays and shows the failure
    );
  };
  const whyClosed = target === null ? 'Choose a target first.' : !base.data && 'Its present state is still being read.';
  const steps = target ? target.depth + 1 - item.depth : 0;
  return (
    <Dialog
      title={`Move ${name}`}
      size="preflight"
      consequence="It moves with everything in it. People and accounts inside stay; who controls them from above changes."
      onClose={onClose}
      note={target ? 'Nothing is sent until you confirm.' : 'Choose a target first.'}
      act={
        <Button kind="primary" working={isPending && 'Moving…'} disabledReason={whyClosed} onClick={send}>
          Move organization
        </Button>
      }
    >
      <DialogSection>
        <TargetPicker index={index} top={top} from={item} refusal={refusal} chosen={target} onChoose={setTarget} />
      </DialogSection>
      {target && (
        <DialogSection>
          <MoveEffects
            from={item.parent ? <Upstream>{item.parent.node.name}</Upstream> : <span className="text-muted">no parent</span>}
            to={<Upstream>{target.node.name}</Upstream>}
            along={`${plural(item.below, 'sub-organization')}, ${plural(item.accounts.within, 'account')}${item.accounts.missing > 0 ? ' or more' : ''}, ${plural(item.members.within, 'member')}${item.members.missing > 0 ? ' or more' : ''}`}
            level={
              <>
                {item.depth} now, {item.depth + steps} after
                {item.height > 1 && `; deepest ${deepestLevel(item) + steps}${scoped ? '' : ` of ${deepestLevelAllowed}`}`}
              </>
            }
            control={control}
            shares={shares}
            scoped={scoped}
          />
        </DialogSection>
      )}
      {(base.error ?? error) && (
        <DialogSection>
          {base.error && (
            <ErrorLine error={base.error.report} title={`${name} could not be read`} onRetry={() => void base.refetch()} />
          )}
          {error && <ErrorLine error={error.report} title={`${name} was not moved`} />}
        </DialogSection>
      )}
    </Dialog>
  );
}
