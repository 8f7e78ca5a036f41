/** Reads what stands in the way of a deletion: all at once, from Cloudflare and not from the snapshot. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { QueryClient, QueryObserverResult } from '@tanstack/react-query';
import type { Account } from '../../../contract/cloudflare/accounts.ts';
import type { Member } from '../../../contract/cloudflare/members.ts';
import type { Organization } from '../../../contract/cloudflare/organizations.ts';
import type { Answer } from '../../queries/client.ts';
import { organizationAccountsQuery } from '../../queries/accounts.ts';
import { membersQuery } from '../../queries/members.ts';
import { organizationQuery, organizationsQuery } from '../../queries/organizations.ts';
import { readFlag } from '../../tree/capability.ts';
import type { CheckId, Reading, Readings, Walked } from './preflight.ts';

function walked<T>({ result, info }: Answer<readonly T[]>): Walked {
  return { count: result.length, complete: info?.complete !== false };
}

type Result<T> = Pick<QueryObserverResult<T>, 'data' | 'error' | 'isFetching'>;

function readingOf<T, R>({ data, error, isFetching }: Result<T>, value: (answer: T) => R): Reading<R> {
  if (isFetching) return { state: 'reading' };
  if (error) return { state: 'failed', error: error.report };
  return data === undefined ? { state: 'reading' } : { state: 'read', value: value(data) };
}

export interface Preflight {
  readonly readings: Readings;
  /** When the newest of the answers came, in milliseconds; 0 before the first. */
  readonly checkedAt: number;
  /** Reads everything once more, and answers what it found. */
  readonly again: () => Promise<Readings>;
  /** Reads one thing once more. */
  readonly retry: (id: CheckId) => void;
}

/** The four readings of the dialog. `email` is of the person who asks; once the call is sent nothing is `wanted` any more. */
export function usePreflight(organizationId: string, email: string | null, wanted: boolean): Preflight {
  const fresh = { staleTime: 0, gcTime: 0, enabled: wanted } as const;
  const children = useQuery({ ...organizationsQuery({ 'parent.id': organizationId }), ...fresh });
  const accounts = useQuery({ ...organizationAccountsQuery(organizationId), ...fresh });
  const members = useQuery({ ...membersQuery(organizationId), ...fresh });
  const organization = useQuery({ ...organizationQuery(organizationId), ...fresh });
  const readingsOf = ([ofChildren, ofAccounts, ofMembers, ofOrganization]: readonly [
    Result<Answer<Organization[]>>,
    Result<Answer<Account[]>>,
    Result<Answer<Member[]>>,
    Result<Answer<Organization>>,
  ]): Readings => ({
    subOrganizations: readingOf(ofChildren, walked),
    accounts: readingOf(ofAccounts, walked),
    members: readingOf(ofMembers, (answer) => memberFacts(answer, email)),
    enterprise: readingOf(ofOrganization, ({ result: { meta } }) =>
      readFlag(meta.tenant_flags ?? meta.flags ?? {}, 'enterprise_capability'),
    ),
  });
  const queries = { subOrganizations: children, accounts, members, enterprise: organization };
  return {
    readings: readingsOf([children, accounts, members, organization]),
    checkedAt: Math.max(...Object.values(queries).map(({ dataUpdatedAt }) => dataUpdatedAt)),
    again: async () =>
      readingsOf(await Promise.all([children.refetch(), accounts.refetch(), members.refetch(), organization.refetch()])),
    retry: (id) => void queries[id].refetch(),
  };
}

function memberFacts(answer: Answer<Member[]>, email: string | null) {
  const byStatus: Record<string, number> = {};
  for (const { status } of answer.result) byStatus[status] = (byStatus[status] ?? 0) + 1;
  const includesYou = answer.result.some(({ user }) => email !== null && user.email.toLowerCase() === email.toLowerCase());
  return { ...walked(answer), byStatus, includesYou };
}

const tries = 10;
const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Reads a deleted organization until Cloudflare says that it is gone. False where it still answers after a while. */
async function readUntilGone(client: QueryClient, organizationId: string): Promise<boolean> {
  for (let attempt = 0; attempt < tries; attempt += 1) {
    await wait(Math.min(8_000, 500 * 2 ** attempt));
    try {
      await client.fetchQuery({ ...organizationQuery(organizationId), staleTime: 0, gcTime: 0, retry: false });
    } catch (error) {
      if (error instanceof Error && 'status' in error && error.status === 404) return true;
    }
  }
  return false;
}

export function useReadUntilGone() {
  const client = useQueryClient();
  return (organizationId: string) => readUntilGone(client, organizationId);
}
