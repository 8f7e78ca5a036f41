/** What a route says about itself in its `handle`, and reading it from the routes that match now. */
import { useMatches } from 'react-router';
import type { Permission } from '../../contract/permissions.ts';

export interface RouteFacts {
  /** What the screen is called: the document's title and what is announced. */
  title: string;
  /** What a role needs to see it. */
  permission?: Permission;
  /** True where "This organization" and "With descendants" differ. */
  hasDescendants?: boolean;
}

const isFacts = (handle: unknown): handle is RouteFacts => typeof handle === 'object' && handle !== null && 'title' in handle;

/** The facts of the deepest route that has any. */
export function useRouteFacts(): RouteFacts | null {
  return (
    useMatches()
      .map(({ handle }) => handle)
      .findLast(isFacts) ?? null
  );
}
