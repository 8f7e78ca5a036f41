import type { ResultInfo } from '../../contract/envelope.ts';
import { invalid, invalidAudit } from '../refusals.ts';
import type { CountedPage, PageQuery, Position } from '../store/store.ts';
import { questionOf, type Tokens } from '../tokens.ts';
import type { AnyAsk, World } from './handler.ts';

const defaultPageSize = 10;
const notInQuestion = ['page_token', 'page_size', 'include_total', 'cursor', 'limit'];

function questionAsked(ask: AnyAsk): string {
  return questionOf(ask.row.name, JSON.stringify(ask.params), ask.search, notInQuestion);
}

function positionAt(tokens: Tokens, ask: AnyAsk, token: string | undefined): Position | 'unreadable' | 'other_question' | null {
  if (token === undefined) return null;
  const opened = tokens.open(questionAsked(ask), token);
  // only `seal` below makes tokens that open, so the text is one of ours
  return typeof opened === 'string' ? opened : (JSON.parse(opened.position) as Position);
}

/** The page that `page_token` and `page_size` name. A size of 0 is the default size. */
export function tokenPage(ask: AnyAsk & { query: { page_token?: string; page_size?: number } }, world: World): PageQuery {
  const { query } = ask;
  const after = positionAt(world.tokens, ask, query.page_token);
  if (after === 'unreadable') throw invalid({ pointer: '/page_token', message: 'page_token is not valid' });
  if (after === 'other_question') {
    throw invalid({ pointer: '/page_token', message: 'page_token belongs to a list with other filters' });
  }
  return { limit: query.page_size || defaultPageSize, after };
}

/** No token at the end of the list; no total with `include_total=false`. */
export function tokenInfo(ask: AnyAsk, world: World, page: CountedPage<unknown>, unseen = 0): ResultInfo {
  return {
    ...(page.next && { next_page_token: world.tokens.seal(questionAsked(ask), JSON.stringify(page.next)) }),
    ...(ask.search.get('include_total') !== 'false' && { total_size: Math.max(0, page.total - unseen) }),
  };
}

/** The page that `page` and `per_page` name, or null where neither stands. */
export function numberedPage(search: URLSearchParams, most: number): { page: number; perPage: number } | null {
  if (!search.has('page') && !search.has('per_page')) return null;
  const read = (name: string, otherwise: number, maximum: number) => {
    const text = search.get(name);
    if (text === null) return otherwise;
    const value = /^\d{1,9}$/.test(text) ? Number(text) : 0;
    if (value < 1 || value > maximum)
      throw invalid({ pointer: `/${name}`, message: `must be a whole number from 1 to ${maximum}` });
    return value;
  };
  return { page: read('page', 1, 1_000_000), perPage: read('per_page', 20, most) };
}

export function numberedInfo(page: number, perPage: number, count: number, total: number): ResultInfo {
  return { page, per_page: perPage, count, total_count: total, total_pages: Math.ceil(total / perPage) };
}

/** The page that `cursor` and `limit` name. */
export function cursorPage(ask: AnyAsk & { query: { cursor?: string; limit?: number } }, world: World): PageQuery {
  const { query } = ask;
  const after = positionAt(world.tokens, ask, query.cursor);
  if (after === 'unreadable' || after === 'other_question') throw invalidAudit('Invalid cursor');
  return { limit: query.limit ?? 100, after };
}

/** Both forms of the cursor, or the documented one alone; an empty text at the end. */
export function cursorInfo(ask: AnyAsk, world: World, next: Position | null): ResultInfo {
  const cursor = next ? world.tokens.seal(questionAsked(ask), JSON.stringify(next)) : '';
  return world.switches.documentedCursorsOnly ? { cursor } : { cursor, cursors: { after: cursor } };
}
