import { useLocation, useNavigate } from 'react-router';
import { SegmentedControl } from '../ui/SegmentedControl.tsx';

/** Whether a screen covers what is below the organization. Only where the screen has both readings. */
export function ScopeSwitch() {
  const { search } = useLocation();
  const navigate = useNavigate();
  const query = new URLSearchParams(search);
  const choose = (scope: 'here' | 'below') => {
    // the words of `useScope`, read here without it: the frame stays small
    if (scope === 'here') query.set('descendants', 'false');
    else query.delete('descendants');
    void navigate({ search: query.toString() });
  };
  return (
    <SegmentedControl
      label="Scope"
      value={query.get('descendants') === 'false' ? 'here' : 'below'}
      onChange={choose}
      options={[
        { value: 'here', label: 'This organization' },
        { value: 'below', label: 'With descendants' },
      ]}
    />
  );
}
