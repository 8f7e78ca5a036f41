/** Dialogs of this page, whose code comes when somebody is about to open them. */
import { dialogOnIntent } from '../../ui/dialog-on-intent.tsx';
import type { TagRow } from './rows.ts';

export const changeTitle = (row: TagRow, remove: boolean): string =>
  `${remove ? 'Remove' : 'Rename'} ${row.key}${row.value === null ? '' : ` ${row.value}`}`;

export const ChangeTag = dialogOnIntent(
  async () => (await import('./ChangeDialog.tsx')).ChangeDialog,
  ({ row, remove, onClose }) => ({ title: changeTitle(row, remove), onClose }),
);

export const ImportTags = dialogOnIntent(
  async () => (await import('./ImportDialog.tsx')).ImportDialog,
  ({ onClose }) => ({ title: 'Import tags', size: 'preflight', onClose }),
);
