/** States of a screen under a name, kept by the server. */
import { queryOptions } from '@tanstack/react-query';
import { chooseDefaultView, deleteSavedView, getSavedView, listSavedViews, saveView } from '../../contract/canopy/saved-views.ts';
import type { ViewScreen } from '../../contract/canopy/saved-views.ts';
import { ask, keyOf } from './client.ts';
import { useWrite } from './write.ts';

export const savedViewsQuery = (screen: ViewScreen) =>
  queryOptions({
    queryKey: keyOf(listSavedViews, {}, { screen }),
    queryFn: ({ signal }) => ask(listSavedViews, { query: { screen }, signal }),
  });

export const savedViewQuery = (viewId: string) =>
  queryOptions({
    queryKey: keyOf(getSavedView, { viewId }),
    queryFn: ({ signal }) => ask(getSavedView, { params: { viewId }, signal }),
  });

const touched = ['listSavedViews', 'getSavedView'];

export const useSaveView = () => useWrite(saveView, touched);
export const useChooseDefaultView = () => useWrite(chooseDefaultView, touched);
export const useDeleteView = () => useWrite(deleteSavedView, touched);
