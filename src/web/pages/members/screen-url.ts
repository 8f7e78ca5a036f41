/** What the address of the screen says. */
import { twoFactorWords } from '../../../contract/canopy/member-filter.ts';
import { memberStatuses } from '../../../contract/cloudflare/members.ts';
import type { useUrlState } from '../../lib/url-state.ts';
import { choice, choices, flag, maybeText, ordered, sort, text } from '../../lib/url-values.ts';

const attention = { column: 'attention', direction: 'ascending' } as const;

export const screenUrl = {
  q: text(),
  status: choices(memberStatuses),
  'two-factor': choices(twoFactorWords),
  domain: text(),
  /** Only members of organizations with one active administrator. */
  alone: flag(false),
  /** Only invitations that have probably been forgotten. */
  'long-pending': flag(false),
  member: maybeText(),
  panel: choice(['none', 'invite'], 'none'),
  cols: ordered(),
  sort: sort(['attention', 'member', 'status', 'two-factor', 'organizations', 'since', 'updated'], attention),
};

type UrlState = ReturnType<typeof useUrlState<typeof screenUrl>>;
export type ScreenUrl = UrlState[0];
export type SetScreenUrl = UrlState[1];

/** The same screen without any filter. */
export const noFilters = { q: '', status: [], 'two-factor': [], domain: '', alone: false, 'long-pending': false };

export const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);
