import type { Person } from '../services.ts';
import type { OpenSession } from '../session/sessions.ts';

/** The request as it came over the wire, before anything decoded or normalised it. */
export interface RawRequest {
  readonly method?: string | undefined;
  /** The request target, byte for byte. */
  readonly url?: string | undefined;
  /** Names and values in turn, as sent. */
  readonly rawHeaders: readonly string[];
  readonly socket?: { readonly remoteAddress?: string | undefined };
}

/** What stands beside a request on its way through the guards. */
export interface Door {
  Bindings: { incoming: RawRequest };
  Variables: {
    requestId: string;
    /** The contract row's name, for the log; the address itself is never logged. */
    operation: string;
    /** Who asked, and what kept them from an answer, for the log. */
    person: string;
    failure: string;
    /** Set where the request carried a session cookie that opens nothing. */
    deadCookie: boolean;
  };
}

/** Who came in: the session and the person it belongs to, as they are now. */
export interface Visit {
  session: OpenSession;
  person: Person;
}

/** Every value of a header as sent; a header that was repeated has several. */
export function rawHeader(raw: RawRequest, name: string): string[] {
  const values: string[] = [];
  for (let index = 0; index + 1 < raw.rawHeaders.length; index += 2)
    if (raw.rawHeaders[index]?.toLowerCase() === name) values.push(raw.rawHeaders[index + 1] ?? '');
  return values;
}
