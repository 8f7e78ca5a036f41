import type { CloudflareEndpointName } from '../contract/endpoints.ts';
import type { Scheme } from './auth.ts';

/** One request to the API as tests see it. Credentials are never in it, only which scheme they were of. */
export interface LoggedRequest {
  /** Counts up from 1. */
  readonly sequence: number;
  /** RFC 3339, by the clock of the machine, also where the sandbox's own stands still. */
  readonly at: string;
  readonly method: string;
  /** As sent, without `/client/v4` and without the query. */
  readonly path: string;
  readonly query: string;
  /** The contract row it reached, or null. */
  readonly route: CloudflareEndpointName | null;
  readonly scheme: Scheme;
  /** Names of its headers, in lower case, sorted; no values. */
  readonly headers: readonly string[];
  readonly ray: string;
  /** The fault rule that answered, or null. */
  rule: string | null;
  /** Null until it is answered, and where a fault left it without an answer. */
  status: number | null;
}

const kept = 5000;

/** The last requests, and how many there ever were by route. */
export class RequestLog {
  #requests: LoggedRequest[] = [];
  #sequence = 0;
  readonly #counts = new Map<string, number>();

  add(request: Omit<LoggedRequest, 'sequence' | 'rule' | 'status'>): LoggedRequest {
    this.#sequence += 1;
    const logged: LoggedRequest = { sequence: this.#sequence, ...request, rule: null, status: null };
    this.#requests.push(logged);
    if (this.#requests.length >= 2 * kept) this.#requests = this.#requests.slice(-kept);
    const name = request.route ?? 'none';
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1);
    return logged;
  }

  /** Requests after a sequence number, oldest first. */
  since(sequence: number): readonly LoggedRequest[] {
    return this.#requests.slice(-kept).filter((request) => request.sequence > sequence);
  }

  /** Requests from a time on, in milliseconds since 1970, oldest first. */
  from(time: number): readonly LoggedRequest[] {
    return this.#requests.slice(-kept).filter((request) => Date.parse(request.at) >= time);
  }

  get last(): number {
    return this.#sequence;
  }

  /** Requests seen since the start, by contract row; `none` is everything that reached no row. */
  counts(): Record<string, number> {
    return Object.fromEntries(this.#counts);
  }
}
