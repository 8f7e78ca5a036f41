import { Download } from 'lucide-react';
import { useExport } from '../../queries/exports.ts';
import { useRole } from '../../queries/role.ts';
import { Button } from '../../ui/Button.tsx';
import { toasts } from '../../ui/toasts.ts';

/** Takes the whole ledger that the person may see as a file: changes and accesses. */
export function ExportReceipts() {
  const { whyNot } = useRole();
  const exporting = useExport();
  return (
    <Button
      icon={Download}
      working={exporting.isPending && 'Exporting…'}
      disabledReason={whyNot('receipts:read')}
      onClick={() =>
        exporting.mutate(
          { kind: 'receipts', format: 'csv' },
          { onError: ({ report }) => toasts.failure({ title: 'The export did not start', note: report.message }) },
        )
      }
    >
      Export receipts
    </Button>
  );
}
