import { useState } from 'react';
import { Button } from '../../ui/Button.tsx';
import { OptionList } from '../../ui/OptionList.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { presetIds, presetLabels } from './range.ts';
import type { PresetId, TimeRange } from './range.ts';

const field = (time: string) => (time.includes('T') ? time.replace('T', ' ').replace(/Z$/, '') : `${time} 00:00:00`);

/** `2026-11-22 14:02:00` as RFC 3339; null where it is no time. */
function readField(text: string): string | null {
  const match = /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2})(:\d{2})?)?$/.exec(text.trim());
  if (!match) return null;
  const time = `${match[1]}T${match[2] ?? '00:00'}${match[3] ?? ':00'}Z`;
  return Number.isNaN(Date.parse(time)) ? null : time;
}

interface Props {
  range: TimeRange & { preset: PresetId | null };
  onPreset: (preset: PresetId) => void;
  onRange: (range: TimeRange) => void;
}

/** A preset, or two times. */
export function RangeChoice({ range, onPreset, onRange }: Props) {
  return (
    <>
      <OptionList
        label="Range"
        mode="one"
        options={presetIds.map((value) => ({ value, label: presetLabels[value] }))}
        selected={range.preset ? [range.preset] : []}
        onChange={([chosen]) => {
          const preset = presetIds.find((id) => id === chosen);
          if (preset) onPreset(preset);
        }}
      />
      <CustomRange range={range} onRange={onRange} />
    </>
  );
}

/** Two times to the second, in UTC. */
function CustomRange({ range, onRange }: { range: TimeRange; onRange: (range: TimeRange) => void }) {
  const [since, setSince] = useState(field(range.since));
  const [before, setBefore] = useState(field(range.before));
  const [tried, setTried] = useState(false);
  const from = readField(since);
  const to = readField(before);
  const order = from && to && from >= to ? 'From must be earlier than before.' : undefined;
  const wrong = 'Write a time as 2026-11-22 14:02:00.';
  return (
    <form
      className="mt-1.5 grid gap-2 border-t border-line-soft p-1.5 pt-2.5"
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (from && to && !order) onRange({ since: from, before: to });
      }}
    >
      <TextField
        label="From"
        hint="UTC, in the range"
        font="mono"
        value={since}
        onChange={(event) => setSince(event.target.value)}
        error={tried && !from ? wrong : undefined}
      />
      <TextField
        label="before"
        hint="UTC, not in the range"
        font="mono"
        value={before}
        onChange={(event) => setBefore(event.target.value)}
        error={tried ? (to ? order : wrong) : undefined}
      />
      <Button type="submit" size="toolbar">
        Use this range
      </Button>
    </form>
  );
}
