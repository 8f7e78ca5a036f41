/** Usage records as upstream sends them, at most 31 days a call. Screens ask the store in `spend.ts` instead. */
import { queryOptions } from '@tanstack/react-query';
import { getAccountUsage, getOrganizationUsage, queryAccountUsage } from '../../contract/cloudflare/usage.ts';
import { ask, keyOf } from './client.ts';
import type { Ask } from './client.ts';

/** Both days are included. */
export interface UsageRange {
  from: string;
  to: string;
}

export const organizationUsageQuery = (organizationId: string, range: UsageRange) =>
  queryOptions({
    queryKey: keyOf(getOrganizationUsage, { organizationId }, range),
    queryFn: ({ signal }) => ask(getOrganizationUsage, { params: { organizationId }, query: range, signal }),
  });

export const accountUsageQuery = (accountId: string, range: UsageRange) =>
  queryOptions({
    queryKey: keyOf(getAccountUsage, { accountId }, range),
    queryFn: ({ signal }) => ask(getAccountUsage, { params: { accountId }, query: range, signal }),
  });

/** The same records chosen by metric or product family. */
export const chosenAccountUsageQuery = (accountId: string, body: Ask<typeof queryAccountUsage>['body']) =>
  queryOptions({
    queryKey: [queryAccountUsage.name, { accountId }, body] as const,
    queryFn: ({ signal }) => ask(queryAccountUsage, { params: { accountId }, body, signal }),
  });
