import { CloudOff, RotateCw } from 'lucide-react';
import { plural } from '../../lib/format.ts';
import { Button } from '../../ui/Button.tsx';
import { CopyButton } from '../../ui/CopyId.tsx';
import { errorDetails, upstreamLine } from '../../ui/error-facts.ts';
import { Spinner } from '../../ui/Spinner.tsx';
import type { NoticeItem } from '../../tree/tree.ts';

interface Props {
  item: NoticeItem;
  /** The row has the keyboard: its buttons are reachable. */
  active: boolean;
  retrying: boolean;
  onRetry: () => void;
}

/** In place of accounts that are not there: that they are being read, or why they did not load. */
export function TreeNotice({ item, active, retrying, onRetry }: Props) {
  if (item.notice === 'loading') {
    const count = item.organization.node.accounts;
    return (
      <span className="flex items-center gap-1.5 text-muted">
        <Spinner className="size-3.25" />
        {count === null ? 'Reading accounts' : `Reading ${plural(count, 'account')}`}
      </span>
    );
  }
  const { error, kept } = item.notice;
  const rayId = error.upstream?.rayId;
  return (
    <span className="flex min-w-0 items-center gap-2">
      <CloudOff className="size-3.5 shrink-0 text-danger" />
      <span className="truncate text-danger-ink">
        Accounts did not load: {upstreamLine(error) ?? error.message.replace(/\.$/, '')}
        {kept && '; older rows below'}
      </span>
      <span className="flex items-center gap-1 text-muted max-sm:hidden">
        {rayId ? 'Ray ID' : 'Request ID'}
        <CopyButton text={errorDetails(error, 'Accounts did not load')} label="details">
          <span className="mono">{rayId ?? error.requestId}</span>
        </CopyButton>
      </span>
      <Button
        size="row"
        icon={RotateCw}
        tabIndex={active ? 0 : -1}
        working={retrying && 'Retrying…'}
        onClick={onRetry}
        className="h-5.5!"
      >
        Retry
      </Button>
    </span>
  );
}
