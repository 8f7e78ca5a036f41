import { Copy, FolderInput, RotateCw } from 'lucide-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { Hierarchy } from '../../../contract/canopy/hierarchy.ts';
import { isolated } from '../../lib/bidi.ts';
import { plural } from '../../lib/format.ts';
import { formatClock } from '../../lib/format-time.ts';
import { zoneName } from '../../lib/zoned-time.ts';
import { pathTo } from '../../lib/paths.ts';
import { usePreferences } from '../../lib/preferences.ts';
import { useDeleteOrganization } from '../../queries/organizations.ts';
import { useRole } from '../../queries/role.ts';
import { Button } from '../../ui/Button.tsx';
import { CheckList, CheckRow } from '../../ui/CheckRow.tsx';
import { ConfirmNameField, matchesName } from '../../ui/ConfirmNameField.tsx';
import { Dialog, DialogSection } from '../../ui/Dialog.tsx';
import { ErrorLine } from '../../ui/ErrorState.tsx';
import { TextAction } from '../../ui/Link.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { toasts } from '../../ui/toasts.ts';
import { copyText } from './actions.ts';
import { whyAccountsStay } from '../../tree/move-rules.ts';
import { topOf } from '../../tree/organization-index.ts';
import type { OrganizationItem } from '../../tree/organization-index.ts';
import { isClear, judge, ticketText } from './preflight.ts';
import type { Check, CheckId } from './preflight.ts';
import { usePreflight, useReadUntilGone } from './use-preflight.ts';

const longestReason = 500;

interface Props {
  item: OrganizationItem;
  shape: Hierarchy['shape'];
  onClose: () => void;
  onDeleting: (sent: boolean) => void;
  onDeleted: () => void;
  onMoveAccounts: () => void;
  onShowChildren: () => void;
}

/** Deletes an organization: fresh checks, the exact name typed, the checks once more, then the one call. */
export function DeleteDialog({ item, shape, onClose, onDeleting, onDeleted, onMoveAccounts, onShowChildren }: Props) {
  const [typed, setTyped] = useState('');
  const [reason, setReason] = useState('');
  const [checkingAgain, setCheckingAgain] = useState(false);
  const { session, whyNot } = useRole();
  const { timeZone } = usePreferences();
  const remove = useDeleteOrganization();
  const { readings, checkedAt, again, retry } = usePreflight(item.id, session.user.email, !remove.isPending && !remove.isSuccess);
  const tellWhenGone = useTellWhenGone();
  const { name } = item.node;
  const circumstances = { accountsStay: whyAccountsStay(item, shape), topName: topOf(item).node.name };
  const checks = judge(readings, circumstances);
  const clear = isClear(checks) || checkingAgain || remove.isPending || remove.isSuccess;
  const checked = checkedAt > 0 && `${formatClock(new Date(checkedAt).toISOString(), timeZone)} ${zoneName(timeZone)}`;

  const send = async () => {
    setCheckingAgain(true);
    const latest = judge(await again(), circumstances);
    setCheckingAgain(false);
    if (!isClear(latest)) return; // the dialog shows what came in between
    onDeleting(true);
    remove.mutate(
      { params: { organizationId: item.id }, ...(reason.trim() === '' ? {} : { reason: reason.trim() }) },
      {
        onSuccess: () => {
          void tellWhenGone(item);
          onDeleted();
        },
        onError: () => onDeleting(false),
      },
    );
  };
  const open = checks.filter(({ state }) => state !== 'clear').length;
  const whyClosed =
    whyNot('organizations:write') ||
    (!clear && 'Every check must be clear first.') ||
    (!matchesName(name, typed) && 'Type the name first.');
  return (
    <Dialog
      title={`Delete ${name}`}
      size="preflight"
      focus="cancel"
      consequence={
        clear
          ? 'It is deleted at once and cannot be brought back. Its audit events stay for 18 months.'
          : `Cloudflare deletes an organization only when it is empty. ${checked ? `These checks were read at ${checked}; nothing` : 'Nothing'} has been changed.`
      }
      onClose={onClose}
      note={
        clear
          ? `${checked ? `Checked ${checked}. ` : ''}Checks run once more before the call.`
          : `${plural(open, 'check')} ${open === 1 ? 'is' : 'are'} open.`
      }
      act={
        <Button
          kind="danger"
          working={checkingAgain ? 'Checking…' : remove.isPending && 'Deleting…'}
          disabledReason={whyClosed}
          onClick={() => void send()}
        >
          Delete organization
        </Button>
      }
    >
      <CheckList
        checks={checks.map(({ state }) => state)}
        action={
          <TextAction icon={RotateCw} onPress={() => void again()}>
            Check again
          </TextAction>
        }
      >
        {checks.map((check) => (
          <CheckRow key={check.id} state={check.state} fact={check.fact} explanation={check.explanation}>
            <Repair
              check={check}
              item={item}
              checks={checks}
              onRetry={retry}
              onMoveAccounts={onMoveAccounts}
              onShowChildren={onShowChildren}
            />
          </CheckRow>
        ))}
      </CheckList>
      <DialogSection>
        <ConfirmNameField
          name={name}
          value={typed}
          onChange={setTyped}
          disabledReason={!clear && 'Opens when all checks are clear'}
        />
        {clear && (
          <TextField
            label="Reason"
            hint="Kept with the receipt."
            value={reason}
            maxLength={longestReason}
            onChange={(event) => setReason(event.target.value)}
          />
        )}
        {remove.error && <ErrorLine error={remove.error.report} title={`${name} was not deleted`} />}
      </DialogSection>
    </Dialog>
  );
}

interface RepairProps {
  check: Check;
  item: OrganizationItem;
  checks: readonly Check[];
  onRetry: (id: CheckId) => void;
  onMoveAccounts: () => void;
  onShowChildren: () => void;
}

/** What to do about a check that is not clear. */
function Repair({ check, item, checks, onRetry, onMoveAccounts, onShowChildren }: RepairProps): ReactNode {
  if (check.state === 'unknown') {
    return (
      <Button size="toolbar" icon={RotateCw} onClick={() => onRetry(check.id)}>
        Retry
      </Button>
    );
  }
  if (check.state === 'support') {
    return (
      <Button
        size="toolbar"
        icon={Copy}
        onClick={() => copyText(ticketText({ id: item.id, name: item.node.name }, checks), 'Ticket text')}
      >
        Copy ticket text
      </Button>
    );
  }
  if (check.state !== 'blocker') return null;
  if (check.id === 'subOrganizations') return <TextAction onPress={onShowChildren}>Show in the tree</TextAction>;
  if (check.id === 'members')
    return <TextAction href={pathTo('members', item.id, { descendants: 'false' })}>Open list</TextAction>;
  return (
    <>
      <TextAction href={pathTo('accounts', item.id, { descendants: 'false' })}>Open list</TextAction>
      <Button size="toolbar" icon={FolderInput} onClick={onMoveAccounts}>
        Move {check.fact}
      </Button>
    </>
  );
}

/** Deleted is when Cloudflare no longer knows it: that is read, and said. */
function useTellWhenGone() {
  const readUntilGone = useReadUntilGone();
  return async ({ id, node: { name } }: OrganizationItem) => {
    const waiting = toasts.waiting({
      title: `${isolated(name)} is being deleted`,
      note: 'Reading back until Cloudflare no longer knows it.',
    });
    const gone = await readUntilGone(id);
    toasts.close(waiting);
    if (gone) toasts.success({ title: `${isolated(name)} deleted`, note: 'Cloudflare no longer knows it.' });
    else
      toasts.failure({
        title: `${isolated(name)} still answers`,
        note: 'Cloudflare accepted the deletion. Look again in a few minutes.',
      });
  };
}
