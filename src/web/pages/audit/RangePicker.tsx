import { CalendarClock, ChevronDown } from 'lucide-react';
import { onIntent } from '../../lib/on-intent.tsx';
import { MissingPart } from '../../ui/MissingPart.tsx';
import { Button } from '../../ui/Button.tsx';
import { OptionList } from '../../ui/OptionList.tsx';
import { Popover } from '../../ui/Popover.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { presetIds, presetLabels, rangeWords } from './range.ts';
import type { PresetId, TimeRange } from './range.ts';

/** Two times typed by hand are wanted rarely: their fields come when the popover is about to open. */
const CustomRange = onIntent(async () => (await import('./CustomRange.tsx')).CustomRange, {
  InPlace: ({ missing, onRetry }) => (
    <div className="mt-1.5 min-h-46 border-t border-line-soft p-1.5 pt-2.5">
      {missing ? <MissingPart onRetry={onRetry} /> : <Skeleton width="40%" />}
    </div>
  ),
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
        <Button {...props} {...CustomRange.intent} size="toolbar" icon={CalendarClock} trailingIcon={ChevronDown}>
          {range.preset ? presetLabels[range.preset] : 'Custom'}{' '}
          <span className="font-normal text-muted max-lg:hidden">{rangeWords(range)}</span>
        </Button>
      )}
    >
      {(close) => (
        <>
          <OptionList
            label="Range"
            mode="one"
            options={presetIds.map((value) => ({ value, label: presetLabels[value] }))}
            selected={range.preset ? [range.preset] : []}
            onChange={([chosen]) => {
              const preset = presetIds.find((id) => id === chosen);
              if (preset) onPreset(preset);
              close();
            }}
          />
          <CustomRange.Part
            key={`${range.since} ${range.before}`}
            range={range}
            onRange={(next) => {
              onRange(next);
              close();
            }}
          />
        </>
      )}
    </Popover>
  );
}
