/** Notes on the time axis. */
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { changeSpendNote, createSpendNote, deleteSpendNote, listSpendNotes } from '../../contract/canopy/spend-notes.ts';
import type { QueryOf } from '../../contract/endpoint.ts';
import { ask, keyOf } from './client.ts';
import { useWrite } from './write.ts';

export const spendNotesQuery = (query: QueryOf<typeof listSpendNotes>) =>
  queryOptions({
    queryKey: keyOf(listSpendNotes, {}, query),
    queryFn: ({ signal }) => ask(listSpendNotes, { query, signal }),
    placeholderData: keepPreviousData,
  });

const touched = ['listSpendNotes'];

export const useCreateSpendNote = () => useWrite(createSpendNote, touched);
export const useChangeSpendNote = () => useWrite(changeSpendNote, touched);
export const useDeleteSpendNote = () => useWrite(deleteSpendNote, touched);
