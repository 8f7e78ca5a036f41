import { CircleCheck, CircleSlash, Hourglass } from 'lucide-react';
import type { Open } from '../../contract/open.ts';
import { StatusMark, UnknownValue } from './StatusMark.tsx';

export function ShareStatus({ status }: { status: Open<'active' | 'deleting' | 'deleted'> }) {
  switch (status) {
    case 'active':
      return (
        <StatusMark icon={CircleCheck} tone="success">
          Active
        </StatusMark>
      );
    case 'deleting':
      return (
        <StatusMark icon={Hourglass} tone="info">
          Deleting
        </StatusMark>
      );
    case 'deleted':
      return (
        <StatusMark icon={CircleSlash} tone="muted" word="muted">
          Deleted
        </StatusMark>
      );
    default:
      return <UnknownValue value={status} />;
  }
}
