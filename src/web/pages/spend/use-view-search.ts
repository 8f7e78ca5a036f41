import { useEffect, useEffectEvent } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { defaultView } from '../../lib/saved-views.ts';
import { spendUrlShape } from './question.ts';

export const screenName = 'spend';

/**
 * The part of the address that a saved view holds, and how to open one. Scope is not part of it: a view serves every
 * organization. Where the page is opened without a state of its own, the default view is.
 */
export function useViewSearch() {
  const location = useLocation();
  const navigate = useNavigate();
  const given = new URLSearchParams(location.search);
  const own = new URLSearchParams([...given].filter(([name]) => name in spendUrlShape));
  const rest = [...given].filter(([name]) => !(name in spendUrlShape));
  const open = (search: string, replace: boolean) =>
    void navigate({ search: new URLSearchParams([...rest, ...new URLSearchParams(search)]).toString() }, { replace });
  const first = own.size === 0 ? defaultView(screenName)?.search : undefined;
  // on arrival only: a person who clears everything wants to see everything
  const openFirst = useEffectEvent(() => {
    if (first) open(first, true);
  });
  useEffect(() => openFirst(), []);
  return { search: own.toString(), open: (search: string) => open(search, false) };
}
