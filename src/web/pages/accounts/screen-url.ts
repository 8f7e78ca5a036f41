/** What the address of the screen says. */
import { enforcementWords } from '../../../contract/canopy/account-filter.ts';
import { choices, many, maybeText, ordered, sort, text, urlDay } from '../../lib/url-values.ts';
import type { useUrlState } from '../../lib/url-state.ts';

export const screenUrl = {
  q: text(),
  type: many(),
  'two-factor': choices(enforcementWords),
  from: urlDay(),
  before: urlDay(),
  account: maybeText(),
  cols: ordered(),
  sort: sort(['name', 'organization', 'type', 'two-factor', 'cost', 'created', 'path'], {
    column: 'name',
    direction: 'ascending',
  }),
};

type UrlState = ReturnType<typeof useUrlState<typeof screenUrl>>;
export type ScreenUrl = UrlState[0];
export type SetScreenUrl = UrlState[1];

/** The same screen without any filter. */
export const noFilters = { q: '', type: [], 'two-factor': [], from: null, before: null };
