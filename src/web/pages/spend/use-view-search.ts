import { useQuery } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useRef } from 'react';
import { useLocation, useNavigate } from 'react-router';
import type { SavedView } from '../../../contract/canopy/saved-views.ts';
import { savedViewQuery, savedViewsQuery } from '../../queries/saved-views.ts';
import { spendUrlShape } from './question.ts';

/** `?saved=ID` names a view in few characters; `view` is the chart or the table here. */
export const savedParameter = 'saved';
/** Beyond this, mail, chat and some proxies cut an address, or refuse it. */
const longestAddress = 2_000;

/**
 * The part of the address that a saved view holds, and how to open one. Scope is not part of it: a view serves every
 * organization. On arrival the view that the address names is opened, or where it says nothing, the person's default.
 */
export function useViewSearch() {
  const location = useLocation();
  const navigate = useNavigate();
  const given = new URLSearchParams(location.search);
  const asked = given.get(savedParameter);
  const own = new URLSearchParams([...given].filter(([name]) => name in spendUrlShape));
  const rest = [...given].filter(([name]) => !(name in spendUrlShape) && name !== savedParameter);
  const views = useQuery(savedViewsQuery('spend'));
  const named = useQuery({ ...savedViewQuery(asked ?? ''), enabled: asked !== null });
  const open = (search: string, replace: boolean) =>
    void navigate({ search: new URLSearchParams([...rest, ...new URLSearchParams(search)]).toString() }, { replace });
  const preferred = views.data?.result.find(({ isDefault }) => isDefault);
  /** What to open on arrival; null for nothing, undefined while that is not known. */
  const first = asked !== null ? named.data?.result : views.data && (preferred ?? null);
  const arrived = useRef(false);
  const openFirst = useEffectEvent((view: SavedView | null) => {
    // on arrival only: a person who clears everything wants to see everything
    if (!arrived.current && view && (asked !== null || own.size === 0)) open(view.search, true);
    arrived.current = true;
  });
  useEffect(() => {
    if (first !== undefined) openFirst(first);
  }, [first]);
  return {
    search: own.toString(),
    open: (search: string) => open(search, false),
    views,
    /** Whether the address says more than where it is. */
    isAsking: given.size > 0,
    /** Whether the address is too long to be passed on as it is. */
    isLong: `${window.location.origin}${location.pathname}${location.search}`.length > longestAddress,
    /** Why the view that the address names is not shown. */
    failed: named.error,
  };
}
