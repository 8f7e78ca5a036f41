import { CircleCheck, CircleQuestionMark, CircleSlash, CircleX, Hourglass } from 'lucide-react';
import type { ReceiptOutcome } from '../../contract/canopy/receipts.ts';
import type { Open } from '../../contract/open.ts';
import { StatusMark, UnknownValue } from './StatusMark.tsx';

/** How a write ended, as its receipt knows it. */
export function ReceiptOutcomeMark({ outcome }: { outcome: Open<ReceiptOutcome> }) {
  switch (outcome) {
    case 'done':
      return (
        <StatusMark icon={CircleCheck} tone="success">
          Done
        </StatusMark>
      );
    case 'pending':
      return (
        <StatusMark icon={Hourglass} tone="info">
          Pending
        </StatusMark>
      );
    case 'refused':
      return (
        <StatusMark icon={CircleSlash} tone="muted">
          Refused
        </StatusMark>
      );
    case 'failed':
      return (
        <StatusMark icon={CircleX} tone="danger" word="danger">
          Failed
        </StatusMark>
      );
    case 'unknown':
      return (
        <StatusMark icon={CircleQuestionMark} tone="warning" word="warning">
          Unknown
        </StatusMark>
      );
    default:
      return <UnknownValue value={outcome} />;
  }
}
