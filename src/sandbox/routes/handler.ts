import type { Endpoint, ParamsOf, QueryOf } from '../../contract/endpoint.ts';
import type { CloudflareEndpointName, cloudflareEndpoints } from '../../contract/endpoints.ts';
import type { Caller } from '../auth.ts';
import type { Outcome } from '../envelope.ts';
import type { Lag } from '../lag.ts';
import type { Store } from '../store/store.ts';
import type { Switches } from '../switches.ts';
import type { Tokens } from '../tokens.ts';

/** What every handler works with. */
export interface World {
  readonly store: Store;
  readonly tokens: Tokens;
  readonly lag: Lag;
  /** As they are now: they may change between requests. */
  readonly switches: Readonly<Switches>;
  /** The sandbox's clock: milliseconds since 1970. */
  now(): number;
}

/** One request that is routed, let in and read. */
export interface AnyAsk {
  readonly row: { readonly name: string; readonly method: string };
  /** Decoded; not yet known to name anything. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: object;
  /** The whole query string: some parameters upstream still takes are not in the contract. */
  readonly search: URLSearchParams;
  /** Parsed JSON, or undefined where none came. */
  readonly body: unknown;
  readonly caller: Caller;
  readonly ray: string;
  /** Path and query as sent, without `/client/v4`. */
  readonly uri: string;
  readonly address: string;
  readonly userAgent: string;
  /** Set by a fault: a batch breaks off after so many rows. */
  readonly stopBatchAfter: number | null;
}

/** The same with the parameters of one contract row. */
export interface Ask<E extends Endpoint = Endpoint> extends AnyAsk {
  readonly row: E;
  readonly params: ParamsOf<E>;
  readonly query: QueryOf<E>;
}

export type Handler<E extends Endpoint = Endpoint> = (ask: Ask<E>, world: World) => Promise<Outcome>;

/** A handler for each contract row: leaving one out does not compile. */
export type Handlers = { readonly [K in CloudflareEndpointName]: Handler<(typeof cloudflareEndpoints)[K]> };
