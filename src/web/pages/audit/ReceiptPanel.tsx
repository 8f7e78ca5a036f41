import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Receipt } from '../../../contract/canopy/receipts.ts';
import { indexHierarchy } from '../../lib/hierarchy-index.ts';
import { pathTo } from '../../lib/paths.ts';
import { hierarchyQuery } from '../../queries/hierarchy.ts';
import { useRole } from '../../queries/role.ts';
import { CopyId } from '../../ui/CopyId.tsx';
import { Fact, FactGrid } from '../../ui/FactGrid.tsx';
import { JsonTree } from '../../ui/JsonTree.tsx';
import { TextAction } from '../../ui/Link.tsx';
import { Panel, PanelSection } from '../../ui/Panel.tsx';
import { ReceiptOutcomeMark } from '../../ui/ReceiptOutcome.tsx';
import { Steps } from '../../ui/Steps.tsx';
import { Time } from '../../ui/Time.tsx';
import { Upstream } from '../../ui/Upstream.tsx';
import { Came } from './Came.tsx';
import { moveBackOf } from './move-back.ts';
import { stepsOf } from './receipt-steps.ts';

interface Props {
  receipt: Receipt;
  organizationId: string;
  onClose: () => void;
}

/** One receipt: who asked for what, what was sent, and how its end is known. */
export function ReceiptPanel({ receipt, organizationId, onClose }: Props) {
  const steps = stepsOf(receipt);
  return (
    <Panel
      id="receipt"
      label={`Receipt ${receipt.sequence}`}
      width={436}
      onClose={onClose}
      path={`Receipt ${receipt.sequence}`}
      title={<Upstream>{receipt.summary}</Upstream>}
    >
      <PanelSection>
        <FactGrid>
          <Fact term="Outcome">
            <ReceiptOutcomeMark outcome={receipt.outcome} />
            {receipt.settledBy === 'reading' && <span className="block text-xs text-muted">Known by reading back.</span>}
          </Fact>
          <Fact term="Who">
            {receipt.actor.name} <span className="text-muted">{receipt.actor.role}</span>
          </Fact>
          <Came came={receipt.came} />
          {receipt.reason && <Fact term="Reason">{receipt.reason}</Fact>}
          <Fact term="Sent">
            <Time at={receipt.at} />
          </Fact>
          <Fact term="Settled">
            <Time at={receipt.settledAt} />
          </Fact>
          <Fact term="Request">
            <span className="mono break-all">{`${receipt.method} ${receipt.path}`}</span>
          </Fact>
          <Fact term="Response">{receipt.status ?? 'none'}</Fact>
          {receipt.rayId && (
            <Fact term="Ray ID">
              <CopyId id={receipt.rayId} label="Ray ID" form="full" />
            </Fact>
          )}
          <Fact term="Request ID">
            <CopyId id={receipt.requestId} label="request ID" form="full" />
          </Fact>
        </FactGrid>
      </PanelSection>
      {steps.length > 0 && (
        <PanelSection title="Sent once and never again">
          <Steps steps={steps} />
        </PanelSection>
      )}
      {receipt.request !== null && receipt.request !== undefined && (
        <PanelSection title="What was sent">
          <JsonTree value={receipt.request} label="What was sent" />
        </PanelSection>
      )}
      {receipt.errors.length > 0 && (
        <PanelSection title="What Cloudflare said">
          <JsonTree value={receipt.errors} label="What Cloudflare said" />
        </PanelSection>
      )}
      <MoveBack receipt={receipt} />
      {receipt.rayId && (
        <PanelSection title="In Cloudflare’s log">
          <TextAction
            href={pathTo('audit', receipt.organizationId ?? organizationId, { raw_cf_ray_id: receipt.rayId, range: '18mo' })}
          >
            Open the event with this Ray ID
          </TextAction>
        </PanelSection>
      )}
    </Panel>
  );
}

/** The way back of an account that was moved: the same plan in the other direction, from where the account is now. */
function MoveBack({ receipt }: { receipt: Receipt }) {
  const { whyNot } = useRole();
  const snapshot = useQuery(hierarchyQuery()).data?.result;
  const [opened] = useState(Date.now);
  const move = moveBackOf(receipt, opened);
  const tree = snapshot && indexHierarchy(snapshot.nodes);
  const home = move && tree?.byId.get(move.to);
  const top = move && tree?.pathOf(move.from)[0];
  if (!move || !home || !top) return null;
  return (
    <PanelSection title="Move back">
      <TextAction
        href={pathTo('organizations', top.id, { focus: move.accountId, act: 'move', to: move.to })}
        disabledReason={whyNot('accounts:write')}
      >
        Plan the move back to <Upstream>{home.name}</Upstream>
      </TextAction>
      <p className="mt-1 text-xs text-muted">Nothing moves before the plan is confirmed. Offered for 30 days.</p>
    </PanelSection>
  );
}
