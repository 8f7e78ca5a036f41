import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { byAccount } from '../../../contract/canopy/account-filter.ts';
import type { TagsByAccount } from '../../../contract/canopy/account-filter.ts';
import type { AccountTag } from '../../../contract/canopy/tags.ts';
import type { Subtree } from '../../queries/hierarchy.ts';
import { accountTagsQuery } from '../../queries/tags.ts';

/** What people tagged accounts with, by account id. */
export function useTags(subtree: Subtree): TagsByAccount {
  const tags = useQuery(accountTagsQuery(subtree)).data?.result.tags;
  return useMemo(() => byAccount(tags ?? []), [tags]);
}

export const tagWords = (tags: readonly AccountTag[] = []): string => tags.map(({ key, value }) => `${key}=${value}`).join(', ');
