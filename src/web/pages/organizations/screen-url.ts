/** What the address of the screen says. */
import { choice, maybeText, ordered, sort, text } from '../../lib/url-values.ts';
import { sortableColumns } from './columns.tsx';

export const screenUrl = {
  q: text(),
  /** An organization or an account. */
  focus: maybeText(),
  view: choice(['tree', 'accounts'], 'tree'),
  sort: sort(sortableColumns, { column: 'name', direction: 'ascending' }),
  cols: ordered(),
  /** A dialog on the thing in focus. */
  act: choice(['none', 'create', 'move', 'delete'], 'none'),
  /** The target a move begins with. */
  to: maybeText(),
};
