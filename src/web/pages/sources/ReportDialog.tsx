import type { ImportedSource } from '../../../contract/canopy/imports.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { ReportDetails, ReportFacts } from './ReportView.tsx';

/** What was found in a file when it was taken in. */
export function ReportDialog({ source, onClose }: { source: ImportedSource; onClose: () => void }) {
  return (
    <Dialog
      title={source.name}
      size="preflight"
      consequence={`What was found in ${source.fileName} when it was taken in.`}
      cancel="Close"
      onClose={onClose}
    >
      <ReportFacts report={source.report} />
      <ReportDetails report={source.report} />
    </Dialog>
  );
}
