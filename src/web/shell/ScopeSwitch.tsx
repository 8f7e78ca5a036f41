import { useUrlState } from '../lib/url-state.ts';
import { flag } from '../lib/url-values.ts';
import { SegmentedControl } from '../ui/SegmentedControl.tsx';

const shape = { descendants: flag(true) };

/** Whether a screen covers what is below the organization. Only where the screen has both readings. */
export function ScopeSwitch() {
  const [{ descendants }, setUrl] = useUrlState(shape);
  return (
    <SegmentedControl
      label="Scope"
      value={descendants ? 'below' : 'here'}
      onChange={(value) => setUrl({ descendants: value === 'below' }, { push: true })}
      options={[
        { value: 'here', label: 'This organization' },
        { value: 'below', label: 'With descendants' },
      ]}
    />
  );
}
