import { Link as RouterLink, Outlet } from 'react-router';
import type { LinkProps } from '../ui/Link.tsx';
import { UiRoot } from '../ui/UiRoot.tsx';

const follow = ({ href, ...rest }: LinkProps) => <RouterLink to={href} {...rest} />;

/** What every route stands in: the kit, with links that the router follows. */
export function Root() {
  return (
    <UiRoot link={follow}>
      <Outlet />
    </UiRoot>
  );
}
