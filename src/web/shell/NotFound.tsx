import { useLocation } from 'react-router';
import { ButtonLink } from '../ui/Button.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { Headed } from './Headed.tsx';

/** An address that means nothing here. */
export function Component() {
  const { pathname } = useLocation();
  return (
    <Headed>
      <EmptyState kind="not-found" title="There is no such screen" actions={<ButtonLink href="/">Go home</ButtonLink>}>
        Nothing in Canopy is at <code className="font-mono break-all">{pathname}</code>.
      </EmptyState>
    </Headed>
  );
}
