/** The wire to Cloudflare, as small as it can be: one request out, one answer back, no redirects, no retries. */
export interface Transport {
  /** Resolves with the answer's head. Every failure is a thrown `TransportFailure`, here and while the body is read. */
  send(request: TransportRequest): Promise<TransportAnswer>;
  close(): Promise<void>;
}

export interface TransportRequest {
  method: string;
  url: string;
  headers: Readonly<Record<string, string>>;
  body: string | null;
  /** A connection nobody used before: a reused one may close under a write, which leaves its outcome unknown. */
  ownConnection: boolean;
  /** Milliseconds until the head of the answer must be there. */
  headersTimeout: number;
  /** Milliseconds the body may pause. */
  idleTimeout: number;
  signal: AbortSignal;
}

export interface TransportAnswer {
  status: number;
  /** The value of a header by its lower-case name; several are joined by a comma. */
  header(name: string): string | null;
  /** Chunks as they come. Leaving the loop early closes the connection. */
  body: AsyncIterable<Uint8Array>;
  /** Gives up the rest of the body. */
  discard(): void;
}

/** Where a request stopped. */
export type TransportFault =
  | 'lookup'
  | 'connect'
  | 'connect-timeout'
  | 'tls'
  | 'headers-timeout'
  | 'idle-timeout'
  | 'closed'
  | 'not-http'
  | 'aborted';

export class TransportFailure extends Error {
  readonly fault: TransportFault;
  constructor(fault: TransportFault, options?: ErrorOptions) {
    super(`The exchange with Cloudflare stopped: ${fault}`, options);
    this.name = 'TransportFailure';
    this.fault = fault;
  }
  /** Whether upstream may have seen the request. */
  get sent(): boolean {
    return !['lookup', 'connect', 'connect-timeout', 'tls'].includes(this.fault);
  }
}
