/** The people who control an organization, from the member lists of it and of everything above it. */
import { useQueries } from '@tanstack/react-query';
import type { UseQueryResult } from '@tanstack/react-query';
import type { Coverage, PlacedMember } from '../../contract/canopy/hierarchy.ts';
import type { ErrorReport } from '../../contract/envelope.ts';
import type { Answer } from '../queries/client.ts';
import { allMembersQuery } from '../queries/hierarchy.ts';
import { useRole } from '../queries/role.ts';
import { controlThrough } from './control.ts';
import type { Control, MembersOf } from './control.ts';
import { ancestorsOf } from './organization-index.ts';
import type { OrganizationItem } from './organization-index.ts';

const nearestFirst = (item: OrganizationItem) => [item, ...ancestorsOf(item).toReversed()];

function isUnderWay({
  data,
  error,
  isPlaceholderData,
}: UseQueryResult<Answer<{ rows: readonly PlacedMember[]; coverage: Coverage }>>): boolean {
  if (!data) return !error;
  return isPlaceholderData || (data.result.rows.length === 0 && data.result.coverage.pending > 0);
}

/** Member lists of organizations; a list that failed is null. Empty while any is still being read. */
export function useMembersOf(organizations: readonly OrganizationItem[]) {
  const { can } = useRole();
  const allowed = can('members:read');
  const answers = useQueries({
    queries: organizations.map(({ id }) => ({ ...allMembersQuery({ organization: id, descendants: false }), enabled: allowed })),
  });
  const reading = allowed && answers.some(isUnderWay);
  const lists = organizations.map(({ id, node }, at): MembersOf => {
    const result = answers[at]?.data?.result;
    const failed = result === undefined || result.coverage.failed.length > 0;
    return { organizationId: id, name: node.name, members: failed ? null : result.rows };
  });
  const firstError = answers.find(({ error }) => error)?.error?.report ?? null;
  const retry = () => {
    for (const answer of answers) if (answer.error) void answer.refetch();
  };
  return { allowed, reading, lists, firstError, retry };
}

export interface ControlWords {
  readonly here: number;
  readonly total: number;
  /** Through each organization above, the nearest first; only those that add someone. */
  readonly above: readonly { readonly name: string; readonly count: number }[];
  readonly unknown: readonly string[];
  /** There are organizations above that this person does not see. */
  readonly scoped: boolean;
}

type Reading =
  | { readonly state: 'not-allowed' | 'reading'; readonly control: null; readonly retry: null }
  | { readonly state: 'failed'; readonly control: null; readonly retry: { error: ErrorReport; run: () => void } }
  | { readonly state: 'read'; readonly control: ControlWords; readonly retry: null };

/** Who has full control of one organization. */
export function useControl(item: OrganizationItem): Reading {
  const { session } = useRole();
  const chain = nearestFirst(item);
  const { allowed, reading, lists, firstError, retry } = useMembersOf(chain);
  if (!allowed) return { state: 'not-allowed', control: null, retry: null };
  if (reading) return { state: 'reading', control: null, retry: null };
  if (firstError && lists.every(({ members }) => members === null)) {
    return { state: 'failed', control: null, retry: { error: firstError, run: retry } };
  }
  const control = controlThrough(lists);
  const scoped = session.scopeOrganizationId !== null;
  return { state: 'read', control: wordsOf(control, item, chain, scoped), retry: null };
}

function wordsOf(control: Control, item: OrganizationItem, chain: readonly OrganizationItem[], scoped: boolean): ControlWords {
  const through = (id: string) => [...control.people.values()].filter((person) => person.throughId === id).length;
  return {
    here: through(item.id),
    total: control.people.size,
    above: chain
      .slice(1)
      .map(({ id, node }) => ({ name: node.name, count: through(id) }))
      .filter(({ count }) => count > 0),
    unknown: control.unknown,
    scoped,
  };
}
