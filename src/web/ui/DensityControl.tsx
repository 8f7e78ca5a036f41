import { Rows3, Rows4 } from 'lucide-react';
import { setPreference, usePreferences } from '../lib/preferences.ts';
import { SegmentedControl } from './SegmentedControl.tsx';

/** Height of rows, everywhere and from now on. */
export function DensityControl() {
  const { density } = usePreferences();
  return (
    <SegmentedControl
      label="Row height"
      className="max-sm:hidden"
      value={density}
      onChange={(value) => setPreference('density', value)}
      options={[
        { value: 'comfortable', label: 'Comfortable rows', icon: Rows3, iconOnly: true },
        { value: 'compact', label: 'Compact rows', icon: Rows4, iconOnly: true },
      ]}
    />
  );
}
