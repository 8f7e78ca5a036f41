import type { Budget } from '../../../contract/canopy/budgets.ts';
import { useDeleteBudget } from '../../queries/budgets.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog, DialogSection } from '../../ui/Dialog.tsx';
import { ErrorLine } from '../../ui/ErrorState.tsx';
import { toasts } from '../../ui/toasts.ts';

interface Props {
  budget: Budget;
  onDone: () => void;
  onClose: () => void;
}

/** Its terms are gone; spend and forecasts stay as they are. */
export function DeleteBudgetDialog({ budget, onDone, onClose }: Props) {
  const remove = useDeleteBudget();
  return (
    <Dialog
      title={`Delete ${budget.name}`}
      consequence="Its amounts and thresholds are gone for everybody. Spend and forecasts stay as they are."
      focus="cancel"
      onClose={onClose}
      act={
        <Button
          kind="danger"
          working={remove.isPending && 'Deleting…'}
          onClick={() =>
            remove.mutate(
              { params: { budgetId: budget.id } },
              {
                onSuccess: () => {
                  toasts.success({ title: `${budget.name} is deleted` });
                  onDone();
                },
              },
            )
          }
        >
          Delete budget
        </Button>
      }
    >
      {remove.error && (
        <DialogSection>
          <ErrorLine error={remove.error.report} title="The budget was not deleted" />
        </DialogSection>
      )}
    </Dialog>
  );
}
