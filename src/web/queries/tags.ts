/** Tags that people give to accounts. */
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { changeTag, importTags, listAccountTags, listTags, setAccountTags } from '../../contract/canopy/tags.ts';
import { askSpend } from '../../contract/canopy/spend.ts';
import type { SpendQuestion } from '../../contract/canopy/spend.ts';
import { ask, keyOf } from './client.ts';
import type { Subtree } from './hierarchy.ts';
import { spendFigures } from './spend-figures.ts';
import { useWrite } from './write.ts';

/** Keys of a subtree with their values. */
export const tagsQuery = (subtree: Subtree) =>
  queryOptions({
    queryKey: keyOf(listTags, {}, subtree),
    queryFn: ({ signal }) => ask(listTags, { query: subtree, signal }),
    placeholderData: keepPreviousData,
  });

/** Every tag of every account of a subtree. */
export const accountTagsQuery = (subtree: Subtree) =>
  queryOptions({
    queryKey: keyOf(listAccountTags, {}, subtree),
    queryFn: ({ signal }) => ask(listAccountTags, { query: subtree, signal }),
    placeholderData: keepPreviousData,
  });

/** Figures by tag are of the tags as they are now. */
const touched = ['listTags', 'listAccountTags', ...spendFigures];

export const useSetAccountTags = () => useWrite(setAccountTags, touched);
export const useChangeTag = () => useWrite(changeTag, touched);
/** Says what would become of each line, or does it. */
export const useImportTags = () => useWrite(importTags, touched);

/** Several questions for one part of a screen, which is nothing with half of them. */
export const spendQueries = (questions: readonly SpendQuestion[]) =>
  queryOptions({
    queryKey: [askSpend.name, ...questions] as const,
    queryFn: ({ signal }) => Promise.all(questions.map((question) => ask(askSpend, { body: question, signal }))),
    placeholderData: keepPreviousData,
  });
