import * as z from 'zod/mini';
import { answer } from '../answer.ts';
import { endpoint } from '../endpoint.ts';
import { CanopyId, OrganizationId } from '../ids.ts';
import { oneOf } from '../query.ts';

/** Screens whose state can be kept. */
export const viewScreens = ['spend'] as const;
export type ViewScreen = (typeof viewScreens)[number];

export const longestViewName = 60;

/** What a screen shows: its state as the query string of its address, without the question mark. */
const Search = z.string().check(z.maxLength(20_000, 'must have at most 20,000 characters'));
const Terms = {
  name: z.string().check(
    z.refine((name) => name.trim() !== '', 'must not be empty'),
    z.maxLength(longestViewName, `must have at most ${longestViewName} characters`),
  ),
  screen: z.enum(viewScreens),
  search: Search,
  /** Everybody who sees this organization may open it; null keeps it to oneself. */
  sharedAt: z.nullable(OrganizationId),
} as const;

/**
 * The state of a screen under a name. A person has one of each name on a screen, and opens any that is theirs, or shared
 * at an organization that they see.
 */
export interface SavedView {
  id: string;
  name: string;
  screen: ViewScreen;
  search: string;
  sharedAt: string | null;
  /** The person's own choice of what opens first on the screen. */
  isDefault: boolean;
  isMine: boolean;
  by: { id: string; name: string };
  at: string;
}

/** The person's views of a screen and those shared with them, by name, their own first. */
export const listSavedViews = endpoint({
  name: 'listSavedViews',
  method: 'GET',
  path: '/canopy/views',
  params: {},
  query: { screen: oneOf(viewScreens) },
  body: null,
  result: answer<readonly SavedView[]>(),
  paging: 'none',
  credential: 'none',
  permission: 'signed-in',
  effect: 'read',
});

/** One view, for an address that names it: `?view=ID`. */
export const getSavedView = endpoint({
  name: 'getSavedView',
  method: 'GET',
  path: '/canopy/views/:viewId',
  params: { viewId: CanopyId },
  query: {},
  body: null,
  result: answer<SavedView>(),
  paging: 'none',
  credential: 'none',
  permission: 'signed-in',
  effect: 'read',
});

/** Keeps a view. One of the person's own of the same name and screen is replaced, and keeps its id. */
export const saveView = endpoint({
  name: 'saveView',
  method: 'POST',
  path: '/canopy/views',
  params: {},
  query: {},
  body: z.strictObject(Terms),
  result: answer<SavedView>(),
  paging: 'none',
  credential: 'none',
  permission: 'signed-in',
  effect: 'read',
});

/** Which view of a screen opens first for the person; null for none. */
export const chooseDefaultView = endpoint({
  name: 'chooseDefaultView',
  method: 'PUT',
  path: '/canopy/default-view',
  params: {},
  query: {},
  body: z.strictObject({ screen: z.enum(viewScreens), viewId: z.nullable(CanopyId) }),
  result: answer<{ viewId: string | null }>(),
  paging: 'none',
  credential: 'none',
  permission: 'signed-in',
  effect: 'read',
});

/** Only whoever keeps a view deletes it. */
export const deleteSavedView = endpoint({
  name: 'deleteSavedView',
  method: 'DELETE',
  path: '/canopy/views/:viewId',
  params: { viewId: CanopyId },
  query: {},
  body: null,
  result: answer<{ id: string }>(),
  paging: 'none',
  credential: 'none',
  permission: 'signed-in',
  effect: 'read',
});
