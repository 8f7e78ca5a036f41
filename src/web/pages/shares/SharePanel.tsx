import type { Share } from '../../../contract/cloudflare/shares.ts';
import { plural } from '../../lib/format.ts';
import { CopyId } from '../../ui/CopyId.tsx';
import { Fact, FactGrid } from '../../ui/FactGrid.tsx';
import { JsonTree } from '../../ui/JsonTree.tsx';
import { Panel, PanelSection } from '../../ui/Panel.tsx';
import { ShareStatus } from '../../ui/ShareStatus.tsx';
import { Time } from '../../ui/Time.tsx';
import { Upstream } from '../../ui/Upstream.tsx';
import { resourceTypeLabel, targetLabel } from './words.ts';

/** One share: where it comes from, who has it, and what is in it. */
export function SharePanel({ share, onClose }: { share: Share; onClose: () => void }) {
  const recipients = [
    ['Have it', share.associated_recipient_count],
    ['Are getting it', share.associating_recipient_count],
    ['Are losing it', share.disassociating_recipient_count],
    ['Had it', share.disassociated_recipient_count],
  ] as const;
  const resources = share.resources ?? [];
  return (
    <Panel id="share" label={`Share ${share.name}`} title={<Upstream>{share.name}</Upstream>} onClose={onClose}>
      <PanelSection>
        <FactGrid>
          <Fact term="Status">
            <ShareStatus status={share.status} />
          </Fact>
          <Fact term="Target">{targetLabel(share.target_type)}</Fact>
          <Fact term="ID">
            <CopyId id={share.id} label="share ID" form="full" />
          </Fact>
          <Fact term="Account">
            <Upstream>{share.account_name ?? 'Name not given'}</Upstream> <CopyId id={share.account_id} label="account ID" />
          </Fact>
          <Fact term="Created">
            <Time at={share.created} />
          </Fact>
          <Fact term="Modified">
            <Time at={share.modified} />
          </Fact>
        </FactGrid>
      </PanelSection>
      <PanelSection title="Recipients">
        {recipients.every(([, count]) => count === undefined || count === null) ? (
          <p className="text-muted">Cloudflare does not say how many.</p>
        ) : (
          <FactGrid>
            {recipients.map(
              ([words, count]) =>
                typeof count === 'number' && (
                  <Fact key={words} term={words}>
                    <span className={count === 0 ? 'tabular text-faint' : 'tabular'}>{count}</span>
                  </Fact>
                ),
            )}
          </FactGrid>
        )}
      </PanelSection>
      <PanelSection title={plural(resources.length, 'resource')}>
        {resources.length === 0 && <p className="text-muted">This share holds no resource.</p>}
        <ul className="grid gap-3">
          {resources.map((resource) => (
            <li key={resource.id}>
              <div className="flex items-baseline justify-between gap-3">
                <span className="font-medium">{resourceTypeLabel(resource.resource_type)}</span>
                {resource.status && <ShareStatus status={resource.status} />}
              </div>
              <div className="mb-1.5 flex items-baseline justify-between gap-3">
                {resource.resource_id && <CopyId id={resource.resource_id} label="resource ID" form="full" />}
                <span className="text-xs whitespace-nowrap text-muted">
                  {typeof resource.resource_version === 'number' && `Version ${resource.resource_version}`}
                </span>
              </div>
              {resource.meta !== undefined && <JsonTree value={resource.meta} label="What the resource says about itself" />}
            </li>
          ))}
        </ul>
      </PanelSection>
    </Panel>
  );
}
