import { Building2, KeyRound, Settings2, UserRound } from 'lucide-react';
import type { AuditEvent } from '../../../contract/cloudflare/audit.ts';
import type { Column } from '../../ui/columns.ts';
import { ActionResult } from '../../ui/StatusMark.tsx';
import { Time } from '../../ui/Time.tsx';
import { Upstream } from '../../ui/Upstream.tsx';
import { actorOf, sentenceOf, viaOf } from '../../lib/event-words.ts';

const actorIcons = { person: UserRound, token: KeyRound, staff: Building2, system: Settings2 } as const;
export function ActorName({ event }: { event: AuditEvent }) {
  const { kind, name } = actorOf(event);
  const Icon = actorIcons[kind];
  return (
    <span className="flex min-w-0 items-center gap-1.5">
      <Icon aria-hidden className="size-3.5 shrink-0 text-muted" />
      {/* the others say it in their name */}
      <span className="sr-only">{(kind === 'person' || kind === 'token') && `${kind} `}</span>
      <span className="truncate font-medium">
        <Upstream>{name}</Upstream>
      </span>
    </span>
  );
}

export function EventSentence({ event }: { event: AuditEvent }) {
  const { act, object, tail } = sentenceOf(event);
  return (
    <>
      <Upstream>{act}</Upstream>{' '}
      {object && (
        <span className="font-medium">
          <Upstream>{object}</Upstream>
        </span>
      )}
      <Upstream>{tail}</Upstream>{' '}
      {event.action?.result === 'failure' && event.raw?.status_code && (
        <span className="text-danger-ink">{event.raw.status_code}</span>
      )}
    </>
  );
}

/** Upstream's order, newest first: no column sorts. */
export const auditColumns: Column<AuditEvent>[] = [
  {
    id: 'time',
    header: 'Time',
    width: 98,
    tone: 'muted',
    shown: 'always',
    cell: ({ action }) => <Time at={action?.time} show="clock" />,
  },
  { id: 'result', header: 'Result', width: 62, cell: ({ action }) => <ActionResult result={action?.result} iconOnly /> },
  { id: 'actor', header: 'Actor', width: 190, grow: 1, cell: (event) => <ActorName event={event} /> },
  { id: 'action', header: 'Action', width: 240, grow: 2, cell: (event) => <EventSentence event={event} /> },
  {
    id: 'product',
    header: 'Product',
    width: 110,
    leaves: 1,
    cell: ({ resource }) => <Upstream>{resource?.product ?? ''}</Upstream>,
  },
  { id: 'via', header: 'Via', width: 96, leaves: 2, tone: 'muted', cell: (event) => <Upstream>{viaOf(event)}</Upstream> },
  {
    id: 'ip',
    header: 'IP address',
    width: 130,
    leaves: 3,
    cell: ({ actor }) => <span className="mono">{actor?.ip_address ?? ''}</span>,
  },
  {
    id: 'ray',
    header: 'Ray ID',
    width: 150,
    shown: 'on-request',
    cell: ({ raw }) => <span className="mono">{raw?.cf_ray_id ?? ''}</span>,
  },
];
