import type { Endpoint, ResultOf } from '../../contract/endpoint.ts';
import type { CallInput, Write } from '../services.ts';
import type { Reading } from './reading.ts';

/** A write that passed its guards. */
export interface Prepared<E extends Endpoint> {
  /** What is sent; it may hold more than the person gave. */
  input: CallInput<E>;
  /** One sentence: what is to be done. */
  summary: string;
  /** The organizations it is about, the one it is filed under first. */
  organizationIds: readonly string[];
  targetId: string | null;
  /** What reading back has to know of the time before: JSON. */
  before?: unknown;
}

/** A write that was sent, as it is known also after a restart. */
export interface Sent<E extends Endpoint> {
  input: CallInput<E>;
  before: unknown;
  organizationId: string | null;
}

/** What reading back showed. `absent` only counts once upstream has had the time to show it. */
export type Verdict<E extends Endpoint> =
  | { kind: 'applied'; result: ResultOf<E> }
  /** Only a part was applied; the summary says which. */
  | { kind: 'partly'; summary: string }
  | { kind: 'absent' };

/** Everything about one kind of write that differs from the others. */
export interface Plan<E extends Endpoint> {
  row: E;
  /** Writes with the same name wait for each other; null where none has to. */
  turn(input: CallInput<E>): string | null;
  /** Guards and preparation, before the intent is written down. Throws what forbids the write. */
  prepare(write: Write<E>, reading: Reading): Promise<Prepared<E>>;
  /** Reads back whether a write was applied whose answer did not come. */
  settle(sent: Sent<E>, reading: Reading): Promise<Verdict<E>>;
  /** Looks again after a success; a sentence where what is there is not what was sent. */
  confirm?(sent: Sent<E>, reading: Reading): Promise<string | null>;
  /** True where upstream may refuse and yet have applied a part, so that looking is worth it. */
  mayBePartial?: boolean;
  /** Id of what was made. */
  made?(result: ResultOf<E>): string | null;
  /** Whether the tree of organizations changes. */
  changesTree: boolean;
}
