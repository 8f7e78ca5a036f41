import { useQuery } from '@tanstack/react-query';
import { History } from 'lucide-react';
import { useState } from 'react';
import type { RateCard, RateCardVersion } from '../../../contract/canopy/rate-card.ts';
import { plural } from '../../lib/format.ts';
import { rateCardVersionQuery } from '../../queries/rate-card.ts';
import { Button } from '../../ui/Button.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { Fact, FactGrid } from '../../ui/FactGrid.tsx';
import { Panel, PanelSection } from '../../ui/Panel.tsx';
import { Select } from '../../ui/Select.tsx';
import { SkeletonRows } from '../../ui/Skeleton.tsx';
import { Time } from '../../ui/Time.tsx';
import { ChangeList } from './ChangeList.tsx';
import { changesBetween } from './changes.ts';
import type { Names } from './words.ts';

interface Props {
  version: RateCardVersion;
  versions: readonly RateCardVersion[];
  names: Names;
  whyNot: string | false;
  /** Puts an older card on the screen, to be saved as a new version. */
  onRestore: (card: RateCard) => void;
  onClose: () => void;
}

/** One version: who saved it, when and why, and what differs from another one. */
export function VersionPanel({ version, versions, names, whyNot, onRestore, onClose }: Props) {
  const older = versions.filter((one) => one.version !== version.version);
  const [other, setOther] = useState(() => versions.find((one) => one.version < version.version)?.version ?? null);
  const chosen = other ?? version.version;
  const mine = useQuery(rateCardVersionQuery(version.version));
  const theirs = useQuery(rateCardVersionQuery(chosen));
  const newest = versions[0]?.version === version.version;
  const card = mine.data?.result.card;
  const before = theirs.data?.result.card;
  const error = mine.error ?? theirs.error;
  const changes = card && before ? changesBetween(before, card) : null;
  return (
    <Panel
      id="rate-card-version"
      label={`Version ${version.version}`}
      title={`Version ${version.version}`}
      note={newest && 'in force'}
      width={480}
      sheetHeight="full"
      onClose={onClose}
      actions={
        !newest && (
          <Button
            size="toolbar"
            icon={History}
            disabledReason={whyNot || (!card && 'The version is still being read.')}
            onClick={() => card && onRestore(card)}
          >
            Go back to this version
          </Button>
        )
      }
    >
      <PanelSection>
        <FactGrid>
          <Fact term="Saved">
            <Time at={version.at} />
          </Fact>
          <Fact term="Who">{version.by?.name ?? 'Canopy'}</Fact>
          <Fact term="Why">{version.note ?? 'Not shown: it may name organizations that you do not see'}</Fact>
        </FactGrid>
      </PanelSection>
      {older.length > 0 && (
        <PanelSection>
          <Select
            label="Compare with"
            value={String(chosen)}
            onChange={(event) => setOther(Number(event.target.value))}
            options={[
              ...(other === null ? [{ value: String(version.version), label: 'Choose a version' }] : []),
              ...older.map((one) => ({
                value: String(one.version),
                label: `Version ${one.version}, ${one.by?.name ?? 'Canopy'}`,
              })),
            ]}
          />
        </PanelSection>
      )}
      {error ? (
        <ErrorState
          error={error.report}
          title="The version could not be read"
          onRetry={() => void Promise.all([mine.refetch(), theirs.refetch()])}
        />
      ) : changes ? (
        other !== null && (
          <PanelSection title={changes.length === 0 ? 'Nothing differs' : plural(changes.length, 'difference')}>
            <ChangeList changes={changes} names={names} />
          </PanelSection>
        )
      ) : (
        <SkeletonRows columns={['start', 'start']} rows={5} />
      )}
    </Panel>
  );
}
