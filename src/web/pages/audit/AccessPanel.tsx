import type { AccessEntry } from '../../../contract/canopy/access.ts';
import { formatCount } from '../../lib/format.ts';
import { CopyId } from '../../ui/CopyId.tsx';
import { Fact, FactGrid } from '../../ui/FactGrid.tsx';
import { JsonTree } from '../../ui/JsonTree.tsx';
import { Panel, PanelSection } from '../../ui/Panel.tsx';
import { Time } from '../../ui/Time.tsx';
import { Upstream } from '../../ui/Upstream.tsx';
import { AccessMark } from './AccessMark.tsx';
import { Came } from './Came.tsx';
import { aboutWords, endWords, reasonWords, whoWords } from './access-words.ts';

interface Props {
  entry: AccessEntry;
  /** Name of its organization; its id where the tree does not have it. */
  organization: string | null;
  onClose: () => void;
}

/** One access: who, what, when, and why it was refused. */
export function AccessPanel({ entry, organization, onClose }: Props) {
  const { actor, times, targetId, reason, asked, ended } = entry;
  return (
    <Panel
      id="access"
      label={`Entry ${entry.sequence}`}
      width={436}
      onClose={onClose}
      path={`Entry ${entry.sequence} of the ledger`}
      title={aboutWords(entry)}
    >
      <PanelSection>
        <FactGrid>
          <Fact term="What happened">
            <AccessMark kind={entry.kind} />
          </Fact>
          <Fact term="Who">
            {actor ? (
              <>
                <Upstream>{actor.name}</Upstream> <span className="text-muted">{actor.role}</span>
                {actor.email && (
                  <span className="block text-muted">
                    <Upstream>{actor.email}</Upstream>
                  </span>
                )}
              </>
            ) : (
              <span className="text-muted">{whoWords(entry)}</span>
            )}
          </Fact>
          <Came came={entry.came} />
          {reason && <Fact term="Why">{reasonWords(reason)}</Fact>}
          <Fact term={times > 1 ? 'First' : 'When'}>
            <Time at={entry.at} />
          </Fact>
          {times > 1 && (
            <>
              <Fact term="Last">
                <Time at={entry.lastAt} />
              </Fact>
              <Fact term="Times">{formatCount(times)}</Fact>
            </>
          )}
          <Fact term="Operation">
            <span className="mono">{entry.operation}</span>
          </Fact>
          {organization !== null && (
            <Fact term="Organization">
              <Upstream>{organization}</Upstream>
            </Fact>
          )}
          {targetId && (
            <Fact term="About">
              <CopyId id={targetId} label="ID" form="full" />
            </Fact>
          )}
          {entry.kind === 'export' && <Fact term="Ended">{endWords(entry)}</Fact>}
          {ended && <Fact term="Size">{`${formatCount(ended.bytes)} bytes`}</Fact>}
          <Fact term="Request ID">
            <CopyId id={entry.requestId} label="request ID" form="full" />
          </Fact>
        </FactGrid>
      </PanelSection>
      {asked !== null && (
        <PanelSection title={entry.kind === 'credentials' ? 'Fingerprints' : 'What was asked for'}>
          <JsonTree value={asked} label={entry.kind === 'credentials' ? 'Fingerprints' : 'What was asked for'} />
        </PanelSection>
      )}
    </Panel>
  );
}
