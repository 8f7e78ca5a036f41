import { useState } from 'react';
import type { Line, RateCard } from '../../../contract/canopy/rate-card.ts';
import type { SpendMetric } from '../../../contract/canopy/spend.ts';
import { plural } from '../../lib/format.ts';
import { Button } from '../../ui/Button.tsx';
import { Fact, FactGrid } from '../../ui/FactGrid.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Panel, PanelSection } from '../../ui/Panel.tsx';
import { SegmentedControl } from '../../ui/SegmentedControl.tsx';
import { Select } from '../../ui/Select.tsx';
import { Upstream } from '../../ui/Upstream.tsx';
import { LineForm } from './LineForm.tsx';
import { newLine } from './line-form.ts';
import { lineOptions } from './line-options.ts';
import { priceWords } from './words.ts';

interface Props {
  card: RateCard;
  metric: SpendMetric;
  otherUnit: Line | null;
  /** Which of the two ways is open first. */
  way: 'price' | 'map';
  whyNot: string | false;
  onAdd: (line: Line) => void;
  onMap: (line: string) => void;
  onClose: () => void;
}

/** A metric of stored usage that nothing prices: give it a price, or say which line prices it. */
export function UnknownPanel({ card, metric, otherUnit, way: first, whyNot, onAdd, onMap, onClose }: Props) {
  const [way, setWay] = useState(first);
  return (
    <Panel
      id="rate-card-line"
      label={`Metric ${metric.name}`}
      path="Not on the rate card"
      title={<Upstream>{metric.name}</Upstream>}
      focus="panel"
      sheetHeight="full"
      onClose={onClose}
    >
      <PanelSection>
        <FactGrid>
          <Fact term="Metric">
            <span className="mono break-all">{metric.metric}</span>
          </Fact>
          <Fact term="Family">{metric.family ? <Upstream>{metric.family}</Upstream> : 'None'}</Fact>
          <Fact term="Unit">{metric.unit ? <Upstream>{metric.unit}</Upstream> : 'None'}</Fact>
          <Fact term="Stored">{`${plural(metric.records, 'record')} of ${plural(metric.accounts, 'account')}`}</Fact>
        </FactGrid>
        <p className="mt-2 text-muted">
          {otherUnit
            ? `The line ${otherUnit.name} prices ${otherUnit.unit}, and this usage is in ${metric.unit}. Another unit would be wrong by a factor, so it has no rate.`
            : 'No line has its id or its name, so its usage is in no total.'}
        </p>
      </PanelSection>
      {whyNot ? (
        <Notice tone="plain">{whyNot}</Notice>
      ) : (
        !otherUnit && (
          <>
            <div className="px-4 pt-3">
              <SegmentedControl
                label="How it gets a price"
                value={way}
                onChange={setWay}
                options={[
                  { value: 'price', label: 'Add a price' },
                  { value: 'map', label: 'Map to a line' },
                ]}
              />
            </div>
            {way === 'price' ? (
              <LineForm card={card} line={newLine(metric)} act="Add line" onDone={onAdd} onCancel={onClose} />
            ) : (
              <MapForm card={card} metric={metric} onMap={onMap} onCancel={onClose} />
            )}
          </>
        )
      )}
    </Panel>
  );
}

function MapForm({
  card,
  metric,
  onMap,
  onCancel,
}: {
  card: RateCard;
  metric: SpendMetric;
  onMap: (line: string) => void;
  onCancel: () => void;
}) {
  const lines = card.lines.filter(({ unit }) => unit === metric.unit);
  const [chosen, setChosen] = useState('');
  const line = card.lines.find((one) => one.metric === chosen);
  return (
    <form
      noValidate
      aria-label="Map to a line"
      className="grid gap-3.5 px-4 py-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (chosen) onMap(chosen);
      }}
    >
      <Select
        label="Priced as"
        value={chosen}
        onChange={(event) => setChosen(event.target.value)}
        options={[
          { value: '', label: lines.length > 0 ? 'Choose a line' : `No line prices ${metric.unit}` },
          ...lineOptions(lines),
        ]}
        hint={line ? priceWords(line.price, line.unit, card.currency) : `Lines that price ${metric.unit || 'the same unit'}.`}
      />
      <div className="flex gap-2">
        <Button kind="primary" type="submit" disabledReason={!chosen && 'Choose a line first.'}>
          Map metric
        </Button>
        <Button onClick={onCancel}>Cancel</Button>
      </div>
    </form>
  );
}
