import { Button } from '../../ui/Button.tsx';
import { Dialog, DialogSection } from '../../ui/Dialog.tsx';

/** Asks before a page with unsaved changes is left. */
export function LeaveDialog({ what, onStay, onLeave }: { what: string; onStay: () => void; onLeave: () => void }) {
  return (
    <Dialog
      title="Leave without saving?"
      consequence={`Not saved: ${what}.`}
      cancel="Keep editing"
      focus="cancel"
      onClose={() => onStay()}
      act={
        <Button kind="danger" onClick={() => onLeave()}>
          Discard my changes
        </Button>
      }
    >
      <DialogSection>
        <p>Export the card first to keep them in a file.</p>
      </DialogSection>
    </Dialog>
  );
}
