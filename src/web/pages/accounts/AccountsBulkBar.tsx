import { Copy, FolderInput, Tag, UserMinus } from 'lucide-react';
import type { PlacedAccount } from '../../../contract/canopy/hierarchy.ts';
import { plural } from '../../lib/format.ts';
import { MoveAccounts } from '../../tree/move-accounts.ts';
import { BulkBar } from '../../ui/BulkBar.tsx';
import { Button } from '../../ui/Button.tsx';
import { toasts } from '../../ui/toasts.ts';
import { TagAccounts } from './tag-accounts.ts';

interface Props {
  chosen: readonly PlacedAccount[];
  /** How many rows the filters leave. */
  matching: number;
  whyNotMove: string | false;
  onMove: () => void;
  whyNotTag: string | false;
  onTag: () => void;
  onSelectAll: () => void;
  onClear: () => void;
}

/** What can be done with the selected accounts. What Cloudflare allows to nobody stays in sight, with its reason. */
export function AccountsBulkBar({ chosen, matching, whyNotMove, onMove, whyNotTag, onTag, onSelectAll, onClear }: Props) {
  const copyIds = () =>
    void navigator.clipboard.writeText(chosen.map(({ id }) => id).join('\n')).then(
      () => toasts.success({ title: `${plural(chosen.length, 'ID')} copied` }),
      () => toasts.failure({ title: 'The browser did not allow copying' }),
    );
  return (
    <BulkBar
      count={chosen.length}
      matching={matching}
      onSelectAll={onSelectAll}
      onClear={onClear}
      note="Only Cloudflare Support can remove an account."
    >
      <Button size="toolbar" icon={FolderInput} disabledReason={whyNotMove} onClick={onMove} {...MoveAccounts.intent}>
        Move {plural(chosen.length, 'account')}
      </Button>
      <Button size="toolbar" icon={Tag} disabledReason={whyNotTag} onClick={onTag} {...TagAccounts.intent}>
        Tag {plural(chosen.length, 'account')}
      </Button>
      <Button size="toolbar" icon={Copy} onClick={copyIds}>
        Copy IDs
      </Button>
      <Button size="toolbar" icon={UserMinus} disabledReason="Only Cloudflare Support can do this.">
        Remove from organization
      </Button>
    </BulkBar>
  );
}
