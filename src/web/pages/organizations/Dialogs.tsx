import { Copy } from 'lucide-react';
import type { Hierarchy } from '../../../contract/canopy/hierarchy.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog, DialogSection } from '../../ui/Dialog.tsx';
import { copyText } from './actions.ts';
import { CreateDialog } from './CreateDialog.tsx';
import { DeleteDialog } from './DeleteDialog.tsx';
import { MoveAccountsDialog } from '../../tree/MoveAccountsDialog.tsx';
import type { Moved } from '../../tree/move-accounts.ts';
import { MoveOrganizationDialog } from './MoveOrganizationDialog.tsx';
import { topOf } from '../../tree/organization-index.ts';
import type { OrganizationIndex, OrganizationItem } from '../../tree/organization-index.ts';
import type { AccountItem } from '../../tree/tree.ts';

/** What is being done in a dialog. */
export type Doing =
  | { readonly act: 'create'; readonly parent: OrganizationItem }
  | { readonly act: 'move'; readonly item: OrganizationItem }
  | { readonly act: 'move-accounts'; readonly accounts: readonly AccountItem[] }
  | { readonly act: 'delete'; readonly item: OrganizationItem }
  | { readonly act: 'wider'; readonly what: string };

interface Props {
  doing: Doing;
  index: OrganizationIndex;
  top: OrganizationItem;
  shape: Hierarchy['shape'];
  target: OrganizationItem | null;
  onClose: () => void;
  onCreated: (id: string) => void;
  onMoved: (id: string, told: Moved) => void;
  onAccountsMoved: (accounts: readonly AccountItem[], to: OrganizationItem, told: Moved) => void;
  /** The call is on its way, or has failed (null). */
  onDeleting: (item: OrganizationItem | null) => void;
  onDeleted: (item: OrganizationItem) => void;
  onMoveAccountsOf: (item: OrganizationItem) => void;
  onShowChildren: (item: OrganizationItem) => void;
}

/** The one dialog that is open. */
export function Dialogs(props: Props) {
  const { doing, index, shape, target, onClose } = props;
  // a move stays inside one hierarchy, which may begin above the scope of the screen
  const hierarchyTop = topOf(props.top);
  switch (doing.act) {
    case 'create':
      return <CreateDialog parent={doing.parent} onClose={onClose} onCreated={props.onCreated} />;
    case 'move':
      return (
        <MoveOrganizationDialog
          item={doing.item}
          index={index}
          top={hierarchyTop}
          shape={shape}
          firstTarget={target}
          onClose={onClose}
          onMoved={(told) => props.onMoved(doing.item.id, told)}
        />
      );
    case 'move-accounts':
      return (
        <MoveAccountsDialog
          accounts={doing.accounts}
          index={index}
          top={hierarchyTop}
          shape={shape}
          firstTarget={target}
          onClose={onClose}
          onMoved={(to, told) => props.onAccountsMoved(doing.accounts, to, told)}
        />
      );
    case 'delete':
      return (
        <DeleteDialog
          item={doing.item}
          shape={shape}
          onClose={onClose}
          onDeleting={(sent) => props.onDeleting(sent ? doing.item : null)}
          onDeleted={() => props.onDeleted(doing.item)}
          onMoveAccounts={() => props.onMoveAccountsOf(doing.item)}
          onShowChildren={() => props.onShowChildren(doing.item)}
        />
      );
    case 'wider':
      return <WiderScreen what={doing.what} onClose={onClose} />;
  }
}

/** A phone shows too little of the plan to confirm it there. */
function WiderScreen({ what, onClose }: { what: string; onClose: () => void }) {
  return (
    <Dialog
      title="Open on a wider screen"
      cancel="Close"
      onClose={onClose}
      act={
        <Button icon={Copy} onClick={() => copyText(window.location.href, 'Link')}>
          Copy link
        </Button>
      }
    >
      <DialogSection>
        <p>{what} shows a plan first, and a phone shows too little of it. The link leads to the same place on a wider screen.</p>
      </DialogSection>
    </Dialog>
  );
}
