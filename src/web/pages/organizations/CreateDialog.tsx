import { useState } from 'react';
import { isolated } from '../../lib/bidi.ts';
import { pathTo } from '../../lib/paths.ts';
import { useCreateOrganization } from '../../queries/organizations.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog, DialogSection } from '../../ui/Dialog.tsx';
import { ErrorLine } from '../../ui/ErrorState.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { toasts } from '../../ui/toasts.ts';
import { Upstream } from '../../ui/Upstream.tsx';
import type { OrganizationItem } from '../../tree/organization-index.ts';
import { judgeName, longestName } from './names.ts';

interface Props {
  parent: OrganizationItem;
  onClose: () => void;
  onCreated: (id: string) => void;
}

/** A new organization below another one. */
export function CreateDialog({ parent, onClose, onCreated }: Props) {
  const [name, setName] = useState('');
  const [tried, setTried] = useState(false);
  const create = useCreateOrganization();
  const judged = judgeName(name, parent.children);
  const send = () => {
    setTried(true);
    if (judged.error !== undefined || create.isPending) return;
    create.mutate(
      { body: { name: name.trim(), parent: { id: parent.id } } },
      {
        onSuccess: ({ result, meta }) => {
          toasts.success({
            title: `${isolated(result.name)} created`,
            note: 'It may take a minute to appear everywhere.',
            action: meta.receiptId
              ? { label: 'Open receipt', href: pathTo('audit/receipts', parent.id, { receipt: meta.receiptId }) }
              : undefined,
          });
          onCreated(result.id);
        },
      },
    );
  };
  return (
    <Dialog
      title="New sub-organization"
      consequence={
        <>
          It becomes part of <Upstream>{parent.node.name}</Upstream>, on level {parent.depth + 1}. Everyone who controls{' '}
          <Upstream>{parent.node.name}</Upstream> controls it.
        </>
      }
      onClose={onClose}
      act={
        <Button kind="primary" working={create.isPending && 'Creating…'} onClick={send}>
          Create sub-organization
        </Button>
      }
    >
      <DialogSection>
        <TextField
          label="Name"
          value={name}
          autoComplete="off"
          error={tried || name.length > longestName ? judged.error : undefined}
          hint={judged.hint}
          onChange={(event) => setName(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') send();
          }}
        />
        {create.error && <ErrorLine error={create.error.report} title="The sub-organization was not created" />}
      </DialogSection>
    </Dialog>
  );
}
