import { Plus, Trash2 } from 'lucide-react';
import type { Line, Override, RateCard } from '../../../contract/canopy/rate-card.ts';
import { Button } from '../../ui/Button.tsx';
import { CopyId } from '../../ui/CopyId.tsx';
import { Fact, FactGrid } from '../../ui/FactGrid.tsx';
import { Link, TextAction } from '../../ui/Link.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Panel, PanelSection } from '../../ui/Panel.tsx';
import { Upstream } from '../../ui/Upstream.tsx';
import { LineForm } from './LineForm.tsx';
import { aggregationWords, certaintyWords, datesWords, lineFacts, targetWords, termsWords } from './words.ts';
import type { Names } from './words.ts';

/** Facts that stand under "Where it comes from" or in the head. */
const saidBelow = new Set(['Name', 'Family', 'Counting', 'Certainty', 'Other names', 'Source', 'Note']);

interface Props {
  card: RateCard;
  line: Line;
  names: Names;
  whyNot: string | false;
  onChange: (line: Line) => void;
  onRemove: (line: Line) => void;
  /** Null: a new one for this line. */
  onOverride: (index: number | null) => void;
  onClose: () => void;
}

/** One line: what it says, where it was read, what overrides it, and its form. */
export function LinePanel({ card, line, names, whyNot, onChange, onRemove, onOverride, onClose }: Props) {
  const overrides = card.overrides.flatMap((override, index) => (override.metric === line.metric ? [{ override, index }] : []));
  const { url, evidence } = line.source;
  return (
    <Panel
      id="rate-card-line"
      label={`Line ${line.name}`}
      path={<Upstream>{line.family}</Upstream>}
      title={<Upstream>{line.name}</Upstream>}
      focus={whyNot ? 'keep' : 'panel'}
      sheetHeight="full"
      onClose={onClose}
    >
      {whyNot ? (
        <>
          <Notice tone="plain">{whyNot}</Notice>
          <PanelSection>
            <FactGrid>
              {lineFacts(line, card.currency)
                .filter(([name, words]) => words !== '' && !saidBelow.has(name))
                .map(([name, words]) => (
                  <Fact key={name} term={name}>
                    <Upstream>{words}</Upstream>
                  </Fact>
                ))}
            </FactGrid>
          </PanelSection>
        </>
      ) : (
        <LineForm key={JSON.stringify(line)} card={card} line={line} act="Change line" onDone={onChange} onCancel={onClose} />
      )}
      <PanelSection title="Where it comes from">
        <FactGrid>
          <Fact term="Metric">
            <CopyId id={line.metric} label="metric" form="full" />
          </Fact>
          {line.aliases.length > 0 && (
            <Fact term="Other names">
              <Upstream>{line.aliases.join(', ')}</Upstream>
            </Fact>
          )}
          <Fact term="Counting">{aggregationWords[line.aggregation]}</Fact>
          <Fact term="Certainty">{certaintyWords[line.certainty]}</Fact>
          <Fact term="Source">
            {url.startsWith('https://') ? (
              <Link href={url} className="link break-all">
                {url}
              </Link>
            ) : (
              <Upstream>{url || evidence || 'Not said'}</Upstream>
            )}
          </Fact>
          {line.note && (
            <Fact term="Note">
              <Upstream>{line.note}</Upstream>
            </Fact>
          )}
        </FactGrid>
      </PanelSection>
      <PanelSection
        title={`Overrides (${overrides.length})`}
        action={
          <TextAction icon={Plus} disabledReason={whyNot} onPress={() => onOverride(null)}>
            Add override
          </TextAction>
        }
      >
        {overrides.length === 0 && <p className="text-muted">None names this metric. Those for every line hold here too.</p>}
        <ul className="grid gap-1.5">
          {overrides.map(({ override, index }) => (
            <li key={index}>
              <TextAction size="sm" onPress={() => onOverride(index)}>
                {targetWords(override, names)}
              </TextAction>
              <OverrideLine override={override} names={names} />
            </li>
          ))}
        </ul>
      </PanelSection>
      {!whyNot && line.certainty === 'custom' && line.source.evidence === '' && (
        <PanelSection>
          <Button size="toolbar" icon={Trash2} onClick={() => onRemove(line)}>
            Remove line
          </Button>
        </PanelSection>
      )}
    </Panel>
  );
}

function OverrideLine({ override, names }: { override: Override; names: Names }) {
  return (
    <span className="block text-xs text-muted">
      {termsWords(override, names)}; {datesWords(override).replace(/^A/, 'a')}
    </span>
  );
}
