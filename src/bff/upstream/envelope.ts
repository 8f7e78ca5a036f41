import type { ResultInfo, UpstreamMessage } from '../../contract/envelope.ts';

/** Cloudflare's envelope, with nothing believed about its parts. */
export interface ReadEnvelope {
  success: boolean;
  result: unknown;
  errors: readonly UpstreamMessage[];
  info: ResultInfo | null;
}

const errorLimit = 20;
const textLimit = 2_000;

type Fields = Readonly<Record<string, unknown>>;
const fieldsOf = (value: unknown): Fields | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null; // any object has fields

const textOf = (value: unknown) => (typeof value === 'string' ? value.slice(0, textLimit) : undefined);

/** Null where it is no envelope at all. */
export function readEnvelope(value: unknown): ReadEnvelope | null {
  const fields = fieldsOf(value);
  if (!fields || !('success' in fields || 'result' in fields || 'errors' in fields)) return null;
  return {
    success: fields['success'] === true,
    result: fields['result'],
    errors: readErrors(fields['errors']),
    info: readInfo(fields['result_info']),
  };
}

function readErrors(value: unknown): UpstreamMessage[] {
  if (!Array.isArray(value)) return [];
  return value.slice(0, errorLimit).flatMap((entry) => readError(entry) ?? []);
}

function readError(value: unknown): UpstreamMessage | null {
  if (typeof value === 'string') return { message: value.slice(0, textLimit) };
  const fields = fieldsOf(value);
  if (!fields) return null;
  const message: UpstreamMessage = readCodeAndMessage(fields);
  const documentation = textOf(fields['documentation_url']);
  if (documentation !== undefined) message.documentation_url = documentation;
  const pointer = textOf(fieldsOf(fields['source'])?.['pointer']);
  if (pointer !== undefined) message.source = { pointer };
  const chain = fields['error_chain'];
  if (Array.isArray(chain) && chain.length > 0)
    message.error_chain = chain.slice(0, errorLimit).map((link) => readCodeAndMessage(fieldsOf(link) ?? {}));
  return message;
}

function readCodeAndMessage(fields: Fields): { code?: number; message?: string } {
  const code = Number(fields['code'] ?? Number.NaN);
  const message = textOf(fields['message']);
  return { ...(Number.isFinite(code) ? { code } : {}), ...(message === undefined ? {} : { message }) };
}

/** Keeps what upstream sent, with one name for the next cursor and none at the end. */
function readInfo(value: unknown): ResultInfo | null {
  const fields = fieldsOf(value);
  if (!fields) return null;
  const { cursor, cursors, next_page_token: token, ...rest } = fields;
  const after = fieldsOf(cursors)?.['after'];
  const next = [cursor, after].find((one) => typeof one === 'string' && one !== '');
  return {
    ...rest,
    ...(typeof next === 'string' ? { cursor: next } : {}),
    ...(typeof token === 'string' && token !== '' ? { next_page_token: token } : {}),
  };
}

/** An error of Cloudflare's edge (RFC 9457), or a line of plain text; a page of HTML is never repeated. */
export function readForeignError(text: string, value: unknown): UpstreamMessage[] {
  const fields = fieldsOf(value);
  if (fields) {
    const words = [textOf(fields['title']), textOf(fields['detail'])].filter((part) => part !== undefined);
    const code = Number(fields['error_code'] ?? Number.NaN);
    return words.length > 0 ? [{ ...(Number.isFinite(code) ? { code } : {}), message: words.join(': ') }] : [];
  }
  const line = text.trim();
  return line !== '' && line.length <= 300 && !line.includes('<') ? [{ message: line }] : [];
}
