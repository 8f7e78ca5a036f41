import { type FaultAction, envelopeOf, withEnvelope } from './exchange.ts';

/* Faults that give the right answer in a wrong form. Answers without a body pass as they are. */

const enumerations = [
  'status',
  'type',
  'context',
  'result',
  'kind',
  'target_type',
  'resource_type',
  'history_status',
  'ChargeCategory',
  'account_creation',
  'account_deletion',
  'account_migration',
  'account_mobility',
  'enterprise_capability',
  'member_management',
  'sub_org_creation',
];

/** The word that stands for a value which upstream adds one day. */
const newWord = 'sandbox_new_value';

export const unknownEnum: FaultAction<'unknown_enum'> = async (fault, exchange) => {
  const response = await exchange.produce();
  const envelope = await envelopeOf(response.clone());
  if (!envelope) return response;
  const fields = new Set(fault.fields ?? enumerations);
  return withEnvelope(
    response,
    mapped(envelope, (name, value) => (fields.has(name) && typeof value === 'string' ? newWord : value)),
  );
};

export const wording: FaultAction<'wording'> = async ({ field, texts }, exchange) => {
  const response = await exchange.produce();
  const envelope = await envelopeOf(response.clone());
  if (!envelope) return response;
  const { result } = envelope;
  const reworded = (row: unknown) => {
    const text = isObject(row) && typeof row['id'] === 'string' ? texts[row['id']] : undefined;
    return isObject(row) && text !== undefined ? { ...row, [field]: text } : row;
  };
  return withEnvelope(response, { ...envelope, result: Array.isArray(result) ? result.map(reworded) : reworded(result) });
};

export const shape: FaultAction<'shape'> = async (fault, exchange) => {
  const response = await exchange.produce();
  const envelope = await envelopeOf(response.clone());
  if (!envelope) return response;
  const { result, result_info: _, ...rest } = envelope;
  const odd = {
    null_result: () => ({ ...envelope, result: null }),
    object_for_list: () => ({ ...envelope, result: { items: result } }),
    list_for_object: () => ({ ...envelope, result: [result] }),
    no_result_info: () => ({ ...rest, result }),
    number_as_string: () => mapped(envelope, (_name, value) => (typeof value === 'number' ? String(value) : value)),
    extra_fields: () => withExtras({ ...envelope, result: Array.isArray(result) ? result.map(withExtras) : withExtras(result) }),
    missing_required: () => ({ ...envelope, result: Array.isArray(result) ? result.map(thinned) : {} }),
    failure_in_200: () => ({
      success: false,
      errors: [{ code: 1000, message: 'The sandbox failed on request' }],
      messages: [],
      result: null,
    }),
  }[fault.variant];
  return withEnvelope(response, odd());
};

const withExtras = (value: unknown) =>
  isObject(value) ? { ...value, sandbox_new_field: { nested: [1, 'two', null] }, 'x-new': true } : value;

/** The first row loses its id, the second everything else. */
function thinned(row: unknown, index: number): unknown {
  if (!isObject(row) || index > 1) return row;
  const kept = Object.entries(row).filter(([name]) => (name === 'id' || name === 'BillingAccountId') === (index === 1));
  return Object.fromEntries(kept);
}

export const paging: FaultAction<'paging'> = async (fault, exchange, strike) => {
  const asked = exchange.search.get('page_token') ?? exchange.search.get('cursor') ?? exchange.search.get('page');
  const search = new URLSearchParams(exchange.search);
  if (fault.variant !== 'drift') for (const name of ['page_token', 'cursor', 'page']) search.delete(name);
  const response = await exchange.produce({ search });
  const envelope = await envelopeOf(response.clone());
  if (!envelope || !Array.isArray(envelope['result'])) return response;
  // an array of whatever the rows are
  const rows = envelope['result'] as unknown[];
  if (fault.variant === 'drift') {
    const repeated = asked !== null && strike.memory.has('last') ? [strike.memory.get('last')] : [];
    strike.memory.set('last', rows.at(-1));
    return withEnvelope(response, { ...envelope, result: [...repeated, ...rows] });
  }
  const next = {
    same_token: 'sandbox-token-same',
    token_loop: asked === 'sandbox-token-a' ? 'sandbox-token-b' : 'sandbox-token-a',
    endless_empty: `sandbox-token-${strike.earlier + 1}`,
  }[fault.variant];
  const page = Number(asked ?? '1') || 1;
  const info = {
    none: {},
    page_token: { next_page_token: next },
    cursor: { cursor: next, cursors: { after: next } },
    page: { page: fault.variant === 'endless_empty' ? page : 1, total_pages: 1_000_000, total_count: 1_000_000_000 },
  }[exchange.paging];
  return withEnvelope(response, {
    ...envelope,
    result: fault.variant === 'endless_empty' ? [] : rows,
    result_info: { ...(isObject(envelope['result_info']) && envelope['result_info']), ...info },
  });
};

export const echo: FaultAction<'echo'> = async (fault, exchange) => {
  const response = await exchange.produce();
  const envelope = await envelopeOf(response.clone());
  const encoded = { plain: (text: string) => text, base64: (text: string) => btoa(text), url: encodeURIComponent }[
    fault.encoding ?? 'plain'
  ];
  const secrets = ['authorization', 'x-auth-email', 'x-auth-key'].flatMap((name) => {
    const value = exchange.headers.get(name);
    return value === null ? [] : [[name, encoded(value)] as const];
  });
  const words = secrets.map(([name, value]) => `${name}: ${value}`).join(', ');
  let answer = response;
  if (fault.where !== 'headers' && fault.status !== undefined) {
    const error = { code: 1000, message: `Bad request with ${words}` };
    answer = new Response(JSON.stringify({ success: false, errors: [error], messages: [], result: null }), {
      status: fault.status,
      headers: { 'content-type': 'application/json' },
    });
  } else if (fault.where !== 'headers' && envelope) {
    const message = { code: 1000, message: `Received ${words}` };
    const told = (row: unknown) => (isObject(row) ? { ...row, received: words } : row);
    const { result } = envelope;
    answer = withEnvelope(response, {
      ...envelope,
      messages: [message],
      result: Array.isArray(result) ? result.map(told) : told(result),
    });
  }
  if (fault.where !== 'body') for (const [name, value] of secrets) answer.headers.set(`x-received-${name}`, value);
  return answer;
};

export const badJson: FaultAction<'bad_json'> = async (fault, exchange) => {
  const response = await exchange.produce();
  const text = await response.text();
  const whole = text === '' ? '{"success":true,"errors":[],"messages":[],"result":null}' : text;
  const more = (addition: string) => `${whole.slice(0, -1)},${addition}}`;
  const body = {
    broken: () => '{"success":true,"errors":[],"messages":[],"result":[{"id":]}',
    nan: () => more('"number":NaN'),
    bom: () => `\uFEFF${whole}`,
    utf16: () => new Uint8Array(Buffer.from(`\uFEFF${whole}`, 'utf16le')),
    latin1: () => new Uint8Array(Buffer.from(more('"word":"caf\u00e9"'), 'latin1')),
    empty: () => '',
  }[fault.variant]();
  return new Response(body, { status: 200, headers: { 'content-type': 'application/json' } });
};

function mapped(value: unknown, change: (name: string, value: unknown) => unknown, name = ''): unknown {
  if (Array.isArray(value)) return value.map((item) => mapped(item, change, name));
  if (!isObject(value)) return change(name, value);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapped(item, change, key)]));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
