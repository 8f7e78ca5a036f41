import { useQuery } from '@tanstack/react-query';
import { ChevronDown, ChevronUp, Copy, Minus, Plus } from 'lucide-react';
import { useState } from 'react';
import type { AuditEvent, AuditFilter } from '../../../contract/cloudflare/audit.ts';
import { pathTo } from '../../lib/paths.ts';
import { newestReceiptsQuery } from '../../queries/receipts.ts';
import { hierarchyQuery } from '../../queries/hierarchy.ts';
import { useRole } from '../../queries/role.ts';
import { Button } from '../../ui/Button.tsx';
import { ErrorLine } from '../../ui/ErrorState.tsx';
import { Fact, FactGrid } from '../../ui/FactGrid.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { JsonTree } from '../../ui/JsonTree.tsx';
import { TextAction } from '../../ui/Link.tsx';
import { Panel, PanelSection } from '../../ui/Panel.tsx';
import { SegmentedControl } from '../../ui/SegmentedControl.tsx';
import { ActionResult } from '../../ui/StatusMark.tsx';
import { ReceiptOutcomeMark } from '../../ui/ReceiptOutcome.tsx';
import { Age, Time } from '../../ui/Time.tsx';
import { Upstream } from '../../ui/Upstream.tsx';
import { ChangedFields } from './ChangedFields.tsx';
import { EventHistory } from './EventHistory.tsx';
import { EventSentence } from './columns.tsx';
import type { EventTab } from './event-tabs.ts';
import { actorOf, viaOf } from '../../lib/event-words.ts';
import { masked } from './masking.ts';
import type { FilterTerm } from './query-language.ts';
import { relatedTo } from './related.ts';

interface Props {
  event: AuditEvent;
  organizationId: string;
  tab: EventTab;
  onTab: (tab: EventTab) => void;
  onTerm: (term: FilterTerm) => void;
  onStep: ((step: 1 | -1) => void) | null;
  onClose: () => void;
}

/** One event: who, what, where, with which bodies; its resource over time; and whether Canopy made it. */
export function EventPanel({ event, organizationId, tab, onTab, onTerm, onStep, onClose }: Props) {
  return (
    <Panel
      id="audit-event"
      label="Event"
      width={436}
      onClose={onClose}
      path={
        <span className="flex items-center gap-1.5">
          <ActionResult result={event.action?.result} />
          <span className="truncate">
            · <Time at={event.action?.time} />, <Age at={event.action?.time} />
          </span>
        </span>
      }
      title={
        <>
          <Upstream>{actorOf(event).name}</Upstream>{' '}
          <span className="font-normal">
            <EventSentence event={event} />
          </span>
        </>
      }
      tools={
        onStep && (
          <>
            <IconButton icon={ChevronUp} label="Newer event" onClick={() => onStep(-1)} />
            <IconButton icon={ChevronDown} label="Older event" onClick={() => onStep(1)} />
          </>
        )
      }
      head={
        <div className="px-4 pt-2.5">
          <SegmentedControl
            label="Part of the event"
            size="row"
            value={tab}
            onChange={onTab}
            options={[
              { value: 'details', label: 'Details' },
              { value: 'history', label: 'History' },
              { value: 'raw', label: 'Raw' },
            ]}
          />
        </div>
      }
    >
      {tab === 'details' ? (
        <Details event={event} organizationId={organizationId} onTerm={onTerm} />
      ) : tab === 'history' ? (
        <EventHistory key={event.id} event={event} organizationId={organizationId} />
      ) : (
        <Raw event={event} />
      )}
    </Panel>
  );
}

function Details({ event, organizationId, onTerm }: Pick<Props, 'event' | 'organizationId' | 'onTerm'>) {
  const { actor, action, raw, resource } = event;
  const organization = useQuery(hierarchyQuery()).data?.result.nodes.find(
    ({ id }) => id === (event.organization?.id ?? organizationId),
  );
  const fact = (
    term: string,
    filter: AuditFilter,
    value: string | number | null | undefined,
    words?: React.ReactNode,
    mono = false,
  ) =>
    value !== null && value !== undefined && value !== '' ? (
      <Fact key={term} term={term} actions={<ValueActions term={term} filter={filter} value={String(value)} onTerm={onTerm} />}>
        {words ?? (
          <span className={mono ? 'mono break-all' : undefined}>
            <Upstream>{String(value)}</Upstream>
          </span>
        )}
      </Fact>
    ) : null;
  return (
    <>
      <ChangedFields event={event} organizationId={organizationId} />
      <PanelSection>
        <FactGrid>
          {fact('Actor', 'actor_email', actor?.email)}
          {fact('Actor ID', 'actor_id', actor?.id, undefined, true)}
          {fact('Actor type', 'actor_type', actor?.type)}
          {fact('Token', 'actor_token_name', actor?.token_name)}
          {fact('Token ID', 'actor_token_id', actor?.token_id, undefined, true)}
          {fact('Via', 'actor_context', actor?.context, viaOf(event))}
          {fact('IP address', 'actor_ip_address', actor?.ip_address, undefined, true)}
          {organization && (
            <Fact term="Organization">
              <TextAction size="sm" href={pathTo('organizations', organization.id, { focus: organization.id })}>
                <Upstream>{organization.name}</Upstream>
              </TextAction>
            </Fact>
          )}
          {fact('Action', 'action_type', action?.type)}
          {fact('Result', 'action_result', action?.result)}
          {fact('Product', 'resource_product', resource?.product)}
          {fact('Resource type', 'resource_type', resource?.type)}
          {fact('Resource', 'resource_id', resource?.id, undefined, true)}
          {fact('Ray ID', 'raw_cf_ray_id', raw?.cf_ray_id, undefined, true)}
          {fact('Method', 'raw_method', raw?.method, undefined, true)}
          {fact('Request', 'raw_uri', raw?.uri, undefined, true)}
          {fact('Response', 'raw_status_code', raw?.status_code)}
          {raw?.user_agent && (
            <Fact term="User agent">
              <span className="break-words">
                <Upstream>{raw.user_agent}</Upstream>
              </span>
            </Fact>
          )}
        </FactGrid>
      </PanelSection>
      <Bodies event={event} />
      <Around event={event} organizationId={organizationId} />
      <PanelSection title="Receipt">
        <MatchingReceipt rayId={raw?.cf_ray_id ?? null} organizationId={organizationId} />
      </PanelSection>
    </>
  );
}

/** Ways on from the event: searches that find it among its neighbours. */
function Around({ event, organizationId }: Pick<Props, 'event' | 'organizationId'>) {
  const related = relatedTo(event);
  return (
    related.length > 0 && (
      <PanelSection title="Related">
        <ul className="grid justify-items-start gap-1">
          {related.map(({ label, search }) => (
            <li key={label}>
              <TextAction size="sm" href={pathTo('audit', organizationId, search)}>
                {label}
              </TextAction>
            </li>
          ))}
        </ul>
      </PanelSection>
    )
  );
}

function ValueActions({
  term,
  filter,
  value,
  onTerm,
}: {
  term: string;
  filter: AuditFilter;
  value: string;
  onTerm: Props['onTerm'];
}) {
  return (
    <>
      <Button
        size="row"
        icon={Plus}
        aria-label={`Include ${term} ${value}`}
        onClick={() => onTerm({ kind: 'filter', filter, exclude: false, values: [value] })}
      >
        Include
      </Button>
      <Button
        size="row"
        icon={Minus}
        aria-label={`Exclude ${term} ${value}`}
        onClick={() => onTerm({ kind: 'filter', filter, exclude: true, values: [value] })}
      >
        Exclude
      </Button>
      <IconButton size="row" icon={Copy} label={`Copy ${term}`} onClick={() => void navigator.clipboard.writeText(value)} />
    </>
  );
}

/** Request and response as they were recorded; values under keys that name a secret are masked until asked for. */
function Bodies({ event: { resource } }: { event: AuditEvent }) {
  const [shown, setShown] = useState(false);
  const request = masked(resource?.request);
  const response = masked(resource?.response);
  const hidden = request.hidden + response.hidden;
  const section = (title: string, body: unknown) =>
    body !== undefined &&
    body !== null && (
      <PanelSection title={title}>
        <JsonTree value={body} label={title} />
      </PanelSection>
    );
  return (
    <>
      {section('Request', shown ? resource?.request : request.value)}
      {section('Response', shown ? resource?.response : response.value)}
      <MaskNote hidden={hidden} shown={shown} onChange={setShown} />
    </>
  );
}

/** Canopy signs its own writes with a receipt: the same Ray ID tells who it was behind the shared credential. */
function MatchingReceipt({ rayId, organizationId }: { rayId: string | null; organizationId: string }) {
  const { whyNot } = useRole();
  const refused = whyNot('receipts:read');
  const receipts = useQuery({ ...newestReceiptsQuery({ ray: rayId ?? '' }, 1), enabled: !refused && rayId !== null });
  if (refused) return <p className="text-muted">{refused}</p>;
  if (rayId === null) return <p className="text-muted">The event carries no Ray ID, so no receipt can be matched.</p>;
  if (receipts.isPending) return <p className="text-muted">Looking for the receipt…</p>;
  if (receipts.error)
    return (
      <ErrorLine error={receipts.error.report} title="The receipts could not be read" onRetry={() => void receipts.refetch()} />
    );
  const receipt = receipts.data?.result.rows[0];
  if (!receipt) return <p className="text-muted">No Canopy receipt has this Ray ID. The change was made outside Canopy.</p>;
  return (
    <p>
      Made with Canopy by <span className="font-medium">{receipt.actor.name}</span>: {receipt.summary}{' '}
      <ReceiptOutcomeMark outcome={receipt.outcome} />{' '}
      <TextAction href={pathTo('audit/receipts', organizationId, { receipt: receipt.id })}>Open receipt</TextAction>
    </p>
  );
}

function Raw({ event }: { event: AuditEvent }) {
  const [shown, setShown] = useState(false);
  const { value, hidden } = masked(event);
  return (
    <>
      <PanelSection title={hidden === 0 || shown ? 'As Cloudflare sent it' : 'As Cloudflare sent it, secrets masked'}>
        <JsonTree value={shown ? event : value} label="Event" />
      </PanelSection>
      <MaskNote hidden={hidden} shown={shown} onChange={setShown} />
    </>
  );
}

function MaskNote({ hidden, shown, onChange }: { hidden: number; shown: boolean; onChange: (shown: boolean) => void }) {
  if (hidden === 0) return null;
  return (
    <p className="px-4 py-3 text-xs text-muted">
      {hidden === 1 ? 'One value looks' : `${hidden} values look`} like a secret and {hidden === 1 ? 'is' : 'are'}{' '}
      {shown ? 'shown' : 'masked'}.{' '}
      <TextAction size="xs" onPress={() => onChange(!shown)}>
        {shown ? 'Mask' : 'Show'}
      </TextAction>
    </p>
  );
}
