/** The URL is the state of a screen: reading it, changing it, and the scope in its path. */
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useLocation, useNavigate, useParams } from 'react-router';
import { urlChanges } from './url-changes.ts';
import { flag, readUrl } from './url-values.ts';
import type { UrlShape, ValuesOf } from './url-values.ts';

export interface UrlChange {
  /** True for a step that Back should undo; typing and dragging replace. */
  push?: boolean;
}
export type SetUrl<S extends UrlShape> = (patch: Partial<ValuesOf<S>>, change?: UrlChange) => void;

// not the router's location as drawn last: the router may have moved since
const changeUrl = urlChanges(() => window.location.search);

/**
 * The values of a shape, and how to change some of them. Declare the shape outside the component.
 *
 *     const shape = { q: text(), status: choices(memberStatuses), sort: sort(['name', 'created'], { column: 'name', direction: 'ascending' }) };
 *     const [url, setUrl] = useUrlState(shape);
 */
export function useUrlState<S extends UrlShape>(shape: S): readonly [ValuesOf<S>, SetUrl<S>] {
  const location = useLocation();
  const navigate = useNavigate();
  const values = useMemo(() => readUrl(shape, new URLSearchParams(location.search)), [shape, location.search]);
  const set = useCallback<SetUrl<S>>(
    (patch, change = {}) =>
      changeUrl(shape, patch, (search) =>
        navigate({ search, hash: window.location.hash }, { replace: change.push !== true, preventScrollReset: true }),
      ),
    [shape, navigate],
  );
  return [values, set];
}

/**
 * A text field whose value goes to the URL once typing pauses, so that fast typing never waits for the router.
 * Answers the text as typed and its setter; `value` and `commit` are the URL's side.
 */
export function useTypedText(
  value: string,
  commit: (text: string) => void,
  pause = 120,
): readonly [string, (text: string) => void] {
  const [typed, setTyped] = useState(value);
  const committed = useRef(value);
  const latest = useRef(commit);
  useEffect(() => {
    latest.current = commit;
  });
  useEffect(() => {
    if (value === committed.current) return; // our own commit came back
    committed.current = value;
    setTyped(value);
  }, [value]);
  useEffect(() => {
    if (typed === committed.current) return undefined;
    const stopWaiting = () => {
      clearTimeout(timer);
      document.removeEventListener('focusout', goOn);
    };
    const goOn = () => {
      stopWaiting();
      committed.current = typed;
      latest.current(typed);
    };
    const timer = setTimeout(goOn, pause);
    // who leaves the field has stopped typing: a change that came after the press of a link would take its step back
    document.addEventListener('focusout', goOn);
    return stopWaiting;
  }, [typed, pause]);
  return [typed, setTyped];
}

const scopeShape = { descendants: flag(true) };

export interface Scope {
  organizationId: string;
  /** False where the screen is narrowed to this organization only. */
  descendants: boolean;
  setDescendants: (descendants: boolean) => void;
}

/** The organization in the path, and whether what is below it belongs to the screen. */
export function useScope(): Scope {
  const { organizationId } = useParams();
  const [{ descendants }, setUrl] = useUrlState(scopeShape);
  if (organizationId === undefined) throw new Error('useScope needs a route with an organization in its path');
  return { organizationId, descendants, setDescendants: (next) => setUrl({ descendants: next }, { push: true }) };
}
