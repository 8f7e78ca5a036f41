import { CircleCheck, CircleDashed, CircleSlash, CircleX, ShieldCheck, ShieldOff, ShieldQuestionMark } from 'lucide-react';
import type { Open } from '../../contract/open.ts';
import { StatusMark, UnknownValue } from './StatusMark.tsx';

export function MemberStatus({ status }: { status: Open<'active' | 'pending' | 'rejected' | 'canceled'> }) {
  switch (status) {
    case 'active':
      return (
        <StatusMark icon={CircleCheck} tone="success">
          Active
        </StatusMark>
      );
    case 'pending':
      return (
        <StatusMark icon={CircleDashed} tone="info">
          Pending
        </StatusMark>
      );
    case 'rejected':
      return (
        <StatusMark icon={CircleX} tone="danger">
          Rejected
        </StatusMark>
      );
    case 'canceled':
      return (
        <StatusMark icon={CircleSlash} tone="muted" word="muted">
          Canceled
        </StatusMark>
      );
    default:
      return <UnknownValue value={status} />;
  }
}

/** Unknown is never shown as off: Cloudflare leaves the value out for some, and single sign-on users read as off. */
export function TwoFactor({ enabled, note }: { enabled: boolean | null | undefined; note?: boolean | undefined }) {
  if (enabled === true)
    return (
      <StatusMark icon={ShieldCheck} tone="muted" word="muted">
        On
      </StatusMark>
    );
  if (enabled === false) {
    return (
      <span className="inline-flex items-baseline gap-1.5">
        <StatusMark icon={ShieldOff} tone="warning" word="warning">
          Off
        </StatusMark>
        {note && <span className="text-xs text-muted">may use SSO</span>}
      </span>
    );
  }
  return (
    <StatusMark icon={ShieldQuestionMark} tone="faint" word="faint">
      Unknown
    </StatusMark>
  );
}
