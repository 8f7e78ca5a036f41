import { useState } from 'react';
import type { PlacedMember } from '../../../contract/canopy/hierarchy.ts';
import { plural } from '../../lib/format.ts';
import type { Below } from '../../lib/hierarchy-index.ts';
import { isolated } from '../../lib/bidi.ts';
import { useDeleteMember } from '../../queries/members.ts';
import { Button } from '../../ui/Button.tsx';
import { ConfirmNameField, matchesName } from '../../ui/ConfirmNameField.tsx';
import { Dialog, DialogSection } from '../../ui/Dialog.tsx';
import { ErrorLine } from '../../ui/ErrorState.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { toasts } from '../../ui/toasts.ts';

interface Props {
  member: PlacedMember;
  organization: string;
  reach: Below;
  onClose: (done: boolean) => void;
}

/** Ends a membership. Canceling an invitation is asked once; removing an active member needs the name typed. */
export function RemoveMemberDialog({ member, organization, reach, onClose }: Props) {
  const [typed, setTyped] = useState('');
  const [reason, setReason] = useState('');
  const remove = useDeleteMember();
  const pending = member.status === 'pending';
  const who = member.user.name || member.user.email;
  const accounts = reach.accounts === null ? 'all accounts' : plural(reach.accounts, 'account');
  const closed = !pending && !matchesName(who, typed) && 'Type the name first.';
  const send = () =>
    remove.mutate(
      {
        params: { organizationId: member.organizationId, memberId: member.id },
        ...(reason.trim() ? { reason: reason.trim() } : {}),
      },
      {
        onSuccess: () => {
          toasts.success({
            title: pending
              ? `Invitation of ${isolated(who)} canceled`
              : `${isolated(who)} removed from ${isolated(organization)}`,
            note: 'Access may take some minutes to end everywhere.',
          });
          onClose(true);
        },
      },
    );
  return (
    <Dialog
      title={pending ? `Cancel the invitation of ${who}` : `Remove ${who}`}
      consequence={
        pending
          ? `They can no longer accept to join ${organization}. They can be invited again.`
          : `They lose full control of ${accounts} in ${plural(reach.organizations, 'organization')}, at once and without being asked. Coming back needs a new invitation.`
      }
      cancel={pending ? 'Keep invitation' : 'Cancel'}
      focus="cancel"
      onClose={() => onClose(false)}
      note={closed || 'Nothing is sent until you confirm.'}
      act={
        <Button
          kind="danger"
          working={remove.isPending && (pending ? 'Canceling…' : 'Removing…')}
          disabledReason={closed}
          onClick={send}
        >
          {pending ? 'Cancel invitation' : 'Remove member'}
        </Button>
      }
    >
      <DialogSection>
        {!pending && <ConfirmNameField name={who} value={typed} onChange={setTyped} />}
        <TextField
          label="Reason"
          hint="Kept on the receipt."
          value={reason}
          maxLength={500}
          onChange={(event) => setReason(event.target.value)}
        />
      </DialogSection>
      {remove.error && (
        <ErrorLine
          className="px-5 pb-4"
          error={remove.error.report}
          title={pending ? 'The invitation was not canceled' : 'The member was not removed'}
        />
      )}
    </Dialog>
  );
}
