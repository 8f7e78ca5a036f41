import type { RateCard, RateCardInForce } from '../../../contract/canopy/rate-card.ts';
import { withLine, withMapping, withOverride, withoutLine, withoutOverride } from './edits.ts';
import { LineDetails, OverrideDetails, UnknownMetric, VersionDetails } from './parts.ts';
import type { Row } from './rows.ts';
import type { Open } from './screen-url.ts';
import type { Names } from './words.ts';

interface Props {
  open: Open;
  card: RateCard;
  inForce: RateCardInForce;
  rows: readonly Row[];
  names: Names;
  whyNot: string | false;
  onEdit: (change: (card: RateCard) => RateCard) => void;
  onOpen: (open: Open) => void;
  onRestore: (card: RateCard) => void;
  onClose: () => void;
}

/** The panel of whatever is open; nothing where it is no longer there. */
export function CardPanel({ open, card, inForce, rows, names, whyNot, onEdit, onOpen, onRestore, onClose }: Props) {
  const common = { card, names, whyNot, onClose };
  const done = (change: (card: RateCard) => RateCard) => {
    onEdit(change);
    onClose();
  };
  if (open.kind === 'version') {
    const version = inForce.versions.find((one) => one.version === open.version);
    if (!version) return null;
    return (
      <VersionDetails.Part key={open.version} {...common} version={version} versions={inForce.versions} onRestore={onRestore} />
    );
  }
  if (open.kind === 'override') {
    const { index, metric } = open;
    const override = index === null ? { ...(metric && { metric }) } : card.overrides[index];
    if (!override) return null;
    return (
      <OverrideDetails.Part
        key={`${index} ${metric}`}
        {...common}
        index={index}
        override={override}
        onDone={(next) => done((now) => withOverride(now, index, next))}
        onRemove={() => index !== null && done((now) => withoutOverride(now, index))}
      />
    );
  }
  if (open.kind === 'line') {
    const line = card.lines.find(({ metric }) => metric === open.id);
    if (!line) return null;
    return (
      <LineDetails.Part
        key={open.id}
        {...common}
        line={line}
        onChange={(next) => done((now) => withLine(now, next))}
        onRemove={({ metric }) => done((now) => withoutLine(now, metric))}
        onOverride={(index) => onOpen({ kind: 'override', index, ...(index === null && { metric: line.metric }) })}
      />
    );
  }
  const unknown = rows.find((row) => row.kind === 'unknown' && row.id === open.id);
  if (unknown?.kind !== 'unknown') return null;
  return (
    <UnknownMetric.Part
      key={`${open.kind} ${open.id}`}
      {...common}
      metric={unknown.metric}
      otherUnit={unknown.otherUnit}
      way={open.kind}
      onAdd={(line) => done((now) => withLine(now, line))}
      onMap={(line) => done((now) => withMapping(now, { metric: unknown.metric.metric, line }))}
    />
  );
}
