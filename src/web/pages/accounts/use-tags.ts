import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { AccountTag } from '../../../contract/canopy/tags.ts';
import type { Subtree } from '../../queries/hierarchy.ts';
import { accountTagsQuery } from '../../queries/tags.ts';

export type TagsByAccount = ReadonlyMap<string, readonly AccountTag[]>;

/** What people tagged accounts with, by account id. */
export function useTags(subtree: Subtree): TagsByAccount {
  const tags = useQuery(accountTagsQuery(subtree)).data?.result.tags;
  return useMemo(() => {
    const byAccount = new Map<string, AccountTag[]>();
    for (const tag of tags ?? []) {
      const own = byAccount.get(tag.accountId);
      if (own) own.push(tag);
      else byAccount.set(tag.accountId, [tag]);
    }
    return byAccount;
  }, [tags]);
}

export const tagWords = (tags: readonly AccountTag[] = []): string => tags.map(({ key, value }) => `${key}=${value}`).join(', ');
