import { CalendarClock, ChevronDown } from 'lucide-react';
import { onIntent } from '../../lib/on-intent.tsx';
import { MissingPart } from '../../ui/MissingPart.tsx';
import { Button } from '../../ui/Button.tsx';
import { Popover } from '../../ui/Popover.tsx';
import { presetLabels, rangeWords } from './range.ts';
import type { PresetId, TimeRange } from './range.ts';

/** The choice comes when the popover is about to open. */
const RangeChoice = onIntent(async () => (await import('./RangeChoice.tsx')).RangeChoice, {
  InPlace: ({ missing, onRetry }) => <div className="min-h-92">{missing && <MissingPart onRetry={onRetry} />}</div>,
});

interface Props {
  range: TimeRange & { preset: PresetId | null };
  onPreset: (preset: PresetId) => void;
  onRange: (range: TimeRange) => void;
}

/** The range that upstream requires: a preset, or two times to the second, in UTC. */
export function RangePicker({ range, onPreset, onRange }: Props) {
  return (
    <Popover
      label="Range"
      width={330}
      className="p-1.5"
      trigger={(props) => (
        <Button {...props} {...RangeChoice.intent} size="toolbar" icon={CalendarClock} trailingIcon={ChevronDown}>
          {range.preset ? presetLabels[range.preset] : 'Custom'}{' '}
          <span className="font-normal text-muted max-lg:hidden">{rangeWords(range)}</span>
        </Button>
      )}
    >
      {(close) => (
        <RangeChoice.Part
          key={`${range.since} ${range.before}`}
          range={range}
          onPreset={(preset) => {
            onPreset(preset);
            close();
          }}
          onRange={(next) => {
            onRange(next);
            close();
          }}
        />
      )}
    </Popover>
  );
}
