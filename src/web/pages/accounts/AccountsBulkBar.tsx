import { Copy, FolderInput, Tag, UserMinus } from 'lucide-react';
import type { PlacedAccount } from '../../../contract/canopy/hierarchy.ts';
import { plural } from '../../lib/format.ts';
import { tabSeparated } from '../../lib/tsv.ts';
import { MoveAccounts } from '../../tree/move-accounts.ts';
import { BulkBar } from '../../ui/BulkBar.tsx';
import { Button } from '../../ui/Button.tsx';
import type { Column } from '../../ui/columns.ts';
import { Menu } from '../../ui/Menu.tsx';
import { toasts } from '../../ui/toasts.ts';
import { TagAccounts } from './tag-accounts.ts';

interface Props {
  columns: readonly Column<PlacedAccount>[];
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
export function AccountsBulkBar({
  columns,
  chosen,
  matching,
  whyNotMove,
  onMove,
  whyNotTag,
  onTag,
  onSelectAll,
  onClear,
}: Props) {
  const copy = (text: string, what: string) =>
    void navigator.clipboard.writeText(text).then(
      () => toasts.success({ title: `${plural(chosen.length, what)} copied` }),
      () => toasts.failure({ title: 'The browser did not allow copying' }),
    );
  const sortable = columns.filter(({ sortBy }) => sortBy !== undefined);
  const asRows = () =>
    tabSeparated(
      [...sortable.map(({ header }) => header), 'ID'],
      chosen.map((account) => [...sortable.map(({ sortBy }) => sortBy?.(account)), account.id]),
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
      <Menu
        label="Copy"
        entries={[
          {
            id: 'ids',
            label: 'IDs',
            note: 'One on each line',
            onSelect: () => copy(chosen.map(({ id }) => id).join('\n'), 'ID'),
          },
          { id: 'rows', label: 'Rows', note: 'For a spreadsheet, with the full path', onSelect: () => copy(asRows(), 'row') },
        ]}
        trigger={(props) => (
          <Button {...props} size="toolbar" icon={Copy}>
            Copy
          </Button>
        )}
      />
      <Button size="toolbar" icon={UserMinus} disabledReason="Only Cloudflare Support can do this.">
        Remove from organization
      </Button>
    </BulkBar>
  );
}
