import type { Endpoint, ResultOf } from '../../contract/endpoint.ts';
import type { ResultInfo } from '../../contract/envelope.ts';
import { Problem } from '../problem.ts';
import type { Asking, CallInput, Clock, Exchange, Upstream } from '../services.ts';

/** A walk never goes further than this; an endless upstream must not become an endless request. */
export const walkLimits = { pages: 500, rows: 250_000, emptyPages: 10, interactive: 120_000 } as const;

type Info = ResultInfo | null;

/** How a kind of list asks for its next page; null where there is none. */
interface Steps {
  first: Readonly<Record<string, unknown>>;
  next(info: Info, rows: number): Readonly<Record<string, unknown>> | null;
}

const size = 1000;

function stepsOf(row: Endpoint, query: Readonly<Record<string, unknown>>): Steps | null {
  if (row.paging === 'page_token')
    return {
      first: { page_size: query['page_size'] ?? size },
      next: (info) => (info?.next_page_token ? { page_token: info.next_page_token } : null),
    };
  if (row.paging === 'cursor')
    return {
      first: { limit: query['limit'] ?? size },
      next: (info) => (info?.cursor ? { cursor: info.cursor } : null),
    };
  if (row.paging === 'page') {
    let page = 1;
    const perPage = Number(query['per_page'] ?? 100);
    return {
      first: { page, per_page: perPage },
      next(info, rows) {
        const last = info?.total_pages === undefined ? rows < perPage : page >= info.total_pages;
        if (last || rows === 0) return null;
        page += 1;
        return { page };
      },
    };
  }
  return null;
}

/**
 * Reads every page of a list. A failure of the first page is thrown; a later one leaves a list that says it is not
 * whole, and why. Repeated rows are dropped by id: things move between pages while we read.
 */
export async function walkPages<E extends Endpoint>(
  upstream: Pick<Upstream, 'call'>,
  row: E,
  input: CallInput<E>,
  asking: Asking,
  clock: Clock,
): Promise<Exchange<ResultOf<E>>> {
  const steps = stepsOf(row, input.query);
  if (!steps) return upstream.call(row, input, asking);
  const walk = new Walk();
  const start = { ...input.query, ...steps.first };
  const read = (step: Readonly<Record<string, unknown>>) =>
    upstream.call(row, { ...input, query: { ...start, ...step } }, asking);
  const first = await read({});
  let { duration } = first;
  let exchange: Exchange<unknown> = first;
  const began = clock.monotonic();
  for (;;) {
    const rows = listOf(exchange.result);
    walk.take(rows, exchange.info);
    const step = steps.next(exchange.info, rows.length);
    if (!step) break;
    const late = asking.priority === 'interactive' && clock.monotonic() - began > walkLimits.interactive;
    if (walk.mustStop(step, late)) break;
    try {
      exchange = await read(step);
    } catch (error) {
      walk.failed(error, asking);
      break;
    }
    duration += exchange.duration;
  }
  const result = walk.rows as ResultOf<E>; // the rows of the same list, as `call` gave them
  return { ...first, result, info: walk.info(), duration };
}

/** What a walk has gathered, and whether it goes in circles. */
class Walk {
  readonly rows: unknown[] = [];
  readonly #ids = new Set<string>();
  readonly #steps = new Set<string>();
  #pages = 0;
  #empty = 0;
  #repeated = 0;
  #odd = 0;
  #total: number | null = null;
  #reason: string | null = null;
  #last: ResultInfo = {};

  take(rows: readonly unknown[], info: Info): void {
    this.#pages += 1;
    this.#odd += info?.odd_rows ?? 0;
    this.#last = info ?? {};
    this.#total = info?.total_size ?? info?.total_count ?? null;
    let added = 0;
    for (const row of rows) {
      const id = idOf(row);
      if (id !== null) {
        if (this.#ids.has(id)) continue;
        this.#ids.add(id);
      }
      this.rows.push(row);
      added += 1;
    }
    this.#empty = rows.length === 0 ? this.#empty + 1 : 0;
    this.#repeated = rows.length > 0 && added === 0 ? this.#repeated + 1 : 0;
  }

  /** Whether asking for one more page would be in vain or without end; remembers why. */
  mustStop(step: Readonly<Record<string, unknown>>, late: boolean): boolean {
    const key = JSON.stringify(step);
    if (this.#steps.has(key)) this.#reason = 'Cloudflare named a page again that was already read';
    else if (this.#empty >= walkLimits.emptyPages)
      this.#reason = `Cloudflare sent ${this.#empty} empty pages one after the other`;
    else if (this.#repeated >= 3) this.#reason = 'Cloudflare sent the same rows again and again';
    else if (this.#pages >= walkLimits.pages) this.#reason = `Canopy stops after ${walkLimits.pages} pages`;
    else if (this.rows.length >= walkLimits.rows)
      this.#reason = `Canopy stops after ${walkLimits.rows.toLocaleString('en-US')} rows`;
    else if (late) this.#reason = `reading took longer than ${walkLimits.interactive / 1000} seconds`;
    this.#steps.add(key);
    return this.#reason !== null;
  }

  failed(error: unknown, { priority, signal }: Asking): void {
    if (!(error instanceof Problem) || signal?.aborted) throw error;
    // background work comes back when there is room again and then reads the whole list
    const noRoom = error.report.code === 'rate_budget' || error.report.code === 'upstream_throttled';
    if (priority !== 'interactive' && noRoom) throw error;
    this.#reason = `page ${this.#pages + 1} could not be read: ${error.report.message.replace(/\.$/, '')}`;
  }

  info(): ResultInfo {
    const missing = (this.#total ?? 0) - this.rows.length;
    if (this.#reason === null && missing > 0) this.#reason = `Cloudflare counts ${this.#total} rows and sent ${this.rows.length}`;
    const { next_page_token: _token, cursor: _cursor, page: _page, per_page: _perPage, odd_rows: _odd, ...rest } = this.#last;
    return {
      ...rest,
      count: this.rows.length,
      complete: this.#reason === null,
      ...(this.#reason === null ? {} : { incomplete_reason: this.#reason }),
      ...(this.#odd > 0 ? { odd_rows: this.#odd } : {}),
    };
  }
}

const listOf = (result: unknown): readonly unknown[] => (Array.isArray(result) ? result : []);

function idOf(row: unknown): string | null {
  if (typeof row !== 'object' || row === null || !('id' in row)) return null;
  return typeof row.id === 'string' ? row.id : null;
}
