import * as z from 'zod/mini';

/*
 * What can go wrong on request. Each kind says what the caller sees on the wire. Kinds with `apply` run the request
 * first when it is set: a write is then done, and only its answer is lost or replaced.
 */

const milliseconds = z.number().check(z.minimum(0), z.maximum(3_600_000));
const bytes = z.number().check(z.int(), z.minimum(0));
const status = z.number().check(z.int(), z.minimum(200), z.maximum(599));
const apply = z.optional(z.boolean());
const headers = z.optional(z.record(z.string(), z.string()));

/** The right answer, later. */
const Latency = z.strictObject({ kind: z.literal('latency'), milliseconds });

/** The right answer in drips: its headers byte by byte, or its body. */
const Drip = z.strictObject({
  kind: z.literal('drip'),
  part: z.enum(['headers', 'body']),
  bytesPerSecond: z.number().check(z.minimum(0.1), z.maximum(1_000_000)),
});

/** 429 with code 10100. `retryAfter` is the header word for word (a number, garbage, a huge number); null leaves it out. */
const Throttle = z.strictObject({ kind: z.literal('throttle'), retryAfter: z.nullable(z.string()) });

/** 200 with `success: false` and code 971: throttling that looks like an answer. */
const ThrottleInSuccess = z.strictObject({ kind: z.literal('throttle_in_200') });

/** 403 with code 10000, which a good credential gets now and then under load. */
const Denied = z.strictObject({ kind: z.literal('denied') });

/** 401 with code 10000, as after a credential is revoked. */
const Unauthorized = z.strictObject({ kind: z.literal('unauthorized') });

/** Any status with a JSON envelope, an HTML page, plain text or nothing. */
const Status = z.strictObject({
  kind: z.literal('status'),
  status,
  body: z.enum(['json', 'html', 'text', 'none']),
  /** For JSON: the error's code; for JSON and text: the words. */
  code: z.optional(z.number()),
  message: z.optional(z.string()),
  headers,
  apply,
});

/** A failure of the edge: an HTML page, RFC 9457 JSON, or whichever `Accept` asks for. */
const EdgeError = z.strictObject({
  kind: z.literal('edge_error'),
  status,
  form: z.enum(['by_accept', 'html', 'problem']),
  /** The header word for word instead of 30 seconds; null leaves it out. */
  retryAfter: z.optional(z.nullable(z.string())),
  apply,
});

/** No header ever comes; the connection stays open. */
const StallHeaders = z.strictObject({ kind: z.literal('stall_headers'), apply });

/** The right headers and so many bytes of the right body, then silence on an open connection. */
const StallBody = z.strictObject({ kind: z.literal('stall_body'), afterBytes: bytes });

/**
 * The right body, cut after so many bytes and never whole. `close` announces no length and no chunks, so only the JSON
 * itself shows the cut. `reset` ends with RST instead of FIN.
 */
const Truncate = z.strictObject({
  kind: z.literal('truncate'),
  afterBytes: bytes,
  framing: z.enum(['content-length', 'chunked', 'close']),
  reset: z.optional(z.boolean()),
});

/** The connection is reset before the request is handled, or after it is applied and before a byte of the answer. */
const Reset = z.strictObject({ kind: z.literal('reset'), when: z.enum(['before', 'after']) });

/** A redirect to any URL. */
const Redirect = z.strictObject({
  kind: z.literal('redirect'),
  status: z.literal([301, 302, 303, 307, 308]),
  location: z.string(),
});

/** 200 with a body that is no UTF-8 JSON: broken, with NaN in it, behind a byte order mark, in UTF-16 or Latin-1, or empty. */
const BadJson = z.strictObject({
  kind: z.literal('bad_json'),
  variant: z.enum(['broken', 'nan', 'bom', 'utf16', 'latin1', 'empty']),
});

/** The right answer with words in its enumerations that nobody knows yet. */
const UnknownEnum = z.strictObject({
  kind: z.literal('unknown_enum'),
  /** Which fields, by name; the known enumerations unless given. */
  fields: z.optional(z.array(z.string())),
});

/** The right answer with other texts in a field of some rows, by their ids: names as somebody elsewhere may have typed them. */
const Wording = z.strictObject({
  kind: z.literal('wording'),
  field: z.string(),
  texts: z.record(z.string(), z.string()),
});

/** The right answer in an odd shape. */
const Shape = z.strictObject({
  kind: z.literal('shape'),
  variant: z.enum([
    'null_result',
    'object_for_list',
    'list_for_object',
    'no_result_info',
    'number_as_string',
    'extra_fields',
    'missing_required',
    'failure_in_200',
  ]),
});

/**
 * Paging that does not end: the first page and the same token for ever, two tokens by turns, or empty pages each with a
 * new token. `drift` repeats the last row of a page at the start of the next, as when a row was added meanwhile.
 */
const Paging = z.strictObject({
  kind: z.literal('paging'),
  variant: z.enum(['same_token', 'token_loop', 'endless_empty', 'drift']),
});

/** A list whose rows never stop coming, as fast as they are read. */
const EndlessBody = z.strictObject({ kind: z.literal('endless_body') });

/** A few bytes that decode to so many megabytes of valid JSON. */
const Bomb = z.strictObject({
  kind: z.literal('bomb'),
  encoding: z.enum(['gzip', 'br']),
  megabytes: z.number().check(z.minimum(1), z.maximum(10_000)),
});

/** The right body, plain, under a `content-encoding` that it is not in. */
const LyingEncoding = z.strictObject({ kind: z.literal('lying_encoding'), encoding: z.string() });

/** JSON that is valid and hard to hold: `size` levels of nesting, one string of `size` megabytes, or `size` keys. */
const HeavyJson = z.strictObject({
  kind: z.literal('heavy_json'),
  variant: z.enum(['deep', 'long_string', 'many_keys']),
  size: z.number().check(z.int(), z.minimum(1), z.maximum(10_000_000)),
});

/** The right answer with the request's own credential headers in it: in a message and the result, in a header, or in both. */
const Echo = z.strictObject({
  kind: z.literal('echo'),
  where: z.enum(['body', 'headers', 'both']),
  encoding: z.optional(z.enum(['plain', 'base64', 'url'])),
  /** Answer with this status as a failure instead. */
  status: z.optional(status),
});

/** The right answer behind this many kilobytes of response headers. */
const HugeHeaders = z.strictObject({
  kind: z.literal('huge_headers'),
  kilobytes: z.number().check(z.minimum(1), z.maximum(10_000)),
});

/** `batchCreate` does so many rows, then fails with 500. */
const PartialBatch = z.strictObject({ kind: z.literal('partial_batch'), applied: z.number().check(z.int(), z.minimum(0)) });

export const Fault = z.discriminatedUnion('kind', [
  Latency,
  Drip,
  Throttle,
  ThrottleInSuccess,
  Denied,
  Unauthorized,
  Status,
  EdgeError,
  StallHeaders,
  StallBody,
  Truncate,
  Reset,
  Redirect,
  BadJson,
  UnknownEnum,
  Wording,
  Shape,
  Paging,
  EndlessBody,
  Bomb,
  LyingEncoding,
  HeavyJson,
  Echo,
  HugeHeaders,
  PartialBatch,
]);
export type Fault = z.infer<typeof Fault>;
export type FaultKind = Fault['kind'];
export type FaultOf<K extends FaultKind> = Extract<Fault, { kind: K }>;

/** Which requests a rule is about; all conditions hold. */
export const RuleMatch = z.strictObject({
  method: z.optional(z.string()),
  /** Path without `/client/v4` and without the query; `*` stands for any text, slashes too. */
  path: z.optional(z.string()),
  /** An organization whose id is in the path. */
  organizationId: z.optional(z.string()),
});
export type RuleMatch = z.infer<typeof RuleMatch>;

/** What `POST /faults` takes. */
export const FaultRule = z.strictObject({
  /** Chosen by the sandbox unless given; a rule with a known id takes that rule's place. */
  id: z.optional(z.string().check(z.minLength(1), z.maxLength(100))),
  match: z.optional(RuleMatch),
  /** How often it strikes; null is for ever. */
  times: z.nullable(z.number().check(z.int(), z.minimum(1))),
  /** Matching requests that pass first. */
  after: z.optional(z.number().check(z.int(), z.minimum(0))),
  fault: Fault,
});
export type FaultRule = z.infer<typeof FaultRule>;

/** What `POST /faults` answers and `GET /faults` lists. */
export interface ActiveRule {
  readonly id: string;
  readonly match: RuleMatch;
  readonly times: number | null;
  readonly after: number;
  readonly fault: Fault;
  /** Requests it matched while it was in force. */
  readonly seen: number;
  /** Requests it struck. */
  readonly hits: number;
}

/** What `GET /faults` answers. */
export interface FaultReport {
  readonly rules: readonly ActiveRule[];
  /** Requests to the API since the start, by contract row; `none` is everything that reached no row. */
  readonly requests: Readonly<Record<string, number>>;
}
