import type { ImportedSource } from '../../../contract/canopy/imports.ts';
import { plural } from '../../lib/format.ts';
import { useDeleteImport } from '../../queries/imports.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog, DialogSection } from '../../ui/Dialog.tsx';
import { ErrorLine } from '../../ui/ErrorState.tsx';
import { toasts } from '../../ui/toasts.ts';

/** The records of a file go, and what they stood in the place of comes back. */
export function DeleteDialog({ source, onClose }: { source: ImportedSource; onClose: () => void }) {
  const remove = useDeleteImport();
  return (
    <Dialog
      title={`Delete ${source.name}`}
      consequence={`${plural(source.records, 'record')} of ${source.fileName} are removed from Canopy. The file can be taken in again.`}
      focus="cancel"
      onClose={onClose}
      act={
        <Button
          kind="danger"
          working={remove.isPending && 'Deleting…'}
          onClick={() =>
            remove.mutate(
              { params: { importId: source.id } },
              {
                onSuccess: () => {
                  toasts.success({ title: `${source.name} deleted` });
                  onClose();
                },
              },
            )
          }
        >
          Delete {plural(source.records, 'record')}
        </Button>
      }
    >
      {(source.replaces > 0 || remove.error) && (
        <DialogSection>
          {source.replaces > 0 && (
            <p>{plural(source.replaces, 'record')} of Cloudflare’s that it stands instead of count again.</p>
          )}
          {remove.error && <ErrorLine error={remove.error.report} title="It was not deleted" />}
        </DialogSection>
      )}
    </Dialog>
  );
}
