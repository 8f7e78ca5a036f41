import { LoaderCircle } from 'lucide-react';
import { classes } from './classes.ts';

/** Only in the control that was pressed or in the line that waits; it appears after 400 ms. */
export function Spinner({ className }: { className?: string | undefined }) {
  return <LoaderCircle className={classes('ui-spinner', className ?? 'size-3.5')} />;
}
