import { MonitorCog, Moon, Sun } from 'lucide-react';
import type { ReactNode } from 'react';
import { setPreference, usePreferences } from '../../lib/preferences.ts';
import { SegmentedControl } from '../../ui/SegmentedControl.tsx';
import { Switch } from '../../ui/Switch.tsx';

/** How this person wants to see Canopy. Kept in this browser. */
export function Preferences() {
  const { theme, density, timeZone, shortcuts, chartPatterns } = usePreferences();
  return (
    <div className="divide-y divide-line-soft">
      <Line title="Theme" note="System follows the setting of this computer.">
        <SegmentedControl
          label="Theme"
          value={theme}
          onChange={(value) => setPreference('theme', value)}
          options={[
            { value: 'system', label: 'System', icon: MonitorCog },
            { value: 'light', label: 'Light', icon: Sun },
            { value: 'dark', label: 'Dark', icon: Moon },
          ]}
        />
      </Line>
      <Line title="Density" note="Height of rows and controls. On a touch screen they are never smaller than a finger needs.">
        <SegmentedControl
          label="Density"
          value={density}
          onChange={(value) => setPreference('density', value)}
          options={[
            { value: 'compact', label: 'Compact' },
            { value: 'comfortable', label: 'Comfortable' },
          ]}
        />
      </Line>
      <Line title="Time zone" note="Days of usage and of the audit log stay UTC days; the other reading is in every tooltip.">
        <SegmentedControl
          label="Time zone"
          value={timeZone}
          onChange={(value) => setPreference('timeZone', value)}
          options={[
            { value: 'utc', label: 'UTC' },
            { value: 'local', label: `Local, ${new Intl.DateTimeFormat().resolvedOptions().timeZone}` },
          ]}
        />
      </Line>
      <Line
        title="Single-key shortcuts"
        note="Switch them off if you dictate or use a switch. Combinations such as Ctrl K keep working."
      >
        <Switch
          label="Single-key shortcuts"
          labelHidden
          checked={shortcuts === 'on'}
          onChange={(on) => setPreference('shortcuts', on ? 'on' : 'off')}
        />
      </Line>
      <Line title="Patterns in charts" note="Dots, lines and crosses on top of the colors.">
        <Switch
          label="Patterns in charts"
          labelHidden
          checked={chartPatterns === 'on'}
          onChange={(on) => setPreference('chartPatterns', on ? 'on' : 'off')}
        />
      </Line>
    </div>
  );
}

function Line({ title, note, children }: { title: string; note: string; children: ReactNode }) {
  return (
    <div className="flex min-h-13 flex-wrap items-center gap-x-4 gap-y-2 px-(--gutter) py-2">
      <div className="min-w-0 flex-1 basis-64">
        <p className="font-medium">{title}</p>
        <p className="text-xs text-muted">{note}</p>
      </div>
      {children}
    </div>
  );
}
