import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { brotliCompressSync, constants, createBrotliCompress, createGzip, gzipSync } from 'node:zlib';
import { streamOf } from './envelope.ts';

/** A new Ray ID: what the audit trail keeps. The `cf-ray` header adds the place to it, as Cloudflare's does. */
export const newRay = (): string => randomBytes(8).toString('hex');

/** The place in `cf-ray`; no airport has this code. */
const place = 'SBX';

/** What Cloudflare's edge puts on every answer, and `x-sandbox`, which it never does. */
export function edgeHeaders(ray: string): Record<string, string> {
  return {
    'cf-ray': `${ray}-${place}`,
    'cf-cache-status': 'DYNAMIC',
    'cache-control': 'no-store',
    server: 'cloudflare',
    'set-cookie': `__cf_bm=${ray}.sandbox; path=/; HttpOnly; Secure; SameSite=None`,
    vary: 'accept-encoding',
    'x-sandbox': '1',
  };
}

/** The answer as it leaves the edge: with its headers, compressed where the caller takes that. */
export async function throughEdge(response: Response, ray: string, acceptEncoding: string | null): Promise<Response> {
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(edgeHeaders(ray))) if (!headers.has(name)) headers.set(name, value);
  const encoding = response.body === null || headers.has('content-encoding') ? null : chooseEncoding(acceptEncoding);
  if (encoding === null || response.body === null) return new Response(response.body, { status: response.status, headers });
  headers.set('content-encoding', encoding);
  headers.delete('content-length');
  return new Response(await compress(response.body, encoding), { status: response.status, headers });
}

type Encoding = 'gzip' | 'br';

/** The better of the encodings asked for; `q=0` refuses one. */
export function chooseEncoding(acceptEncoding: string | null): Encoding | null {
  const asked = new Set<string>();
  for (const part of (acceptEncoding ?? '').toLowerCase().split(',')) {
    const [name = '', ...parameters] = part.split(';').map((text) => text.trim());
    if (!parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter))) asked.add(name);
  }
  return asked.has('br') ? 'br' : asked.has('gzip') ? 'gzip' : null;
}

const brotliOptions = { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } };
/** Bodies up to this size are compressed at once, larger ones as they are read. */
const wholeLimit = 256 * 1024;

async function compress(body: ReadableStream<Uint8Array>, encoding: Encoding): Promise<BodyInit> {
  const reader = body.getReader();
  const begin: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) {
      const whole = Buffer.concat(begin);
      return new Uint8Array(encoding === 'br' ? brotliCompressSync(whole, brotliOptions) : gzipSync(whole));
    }
    begin.push(value);
    size += value.byteLength;
    if (size > wholeLimit) break;
  }
  const rest = async function* () {
    try {
      yield* begin;
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return;
        yield value;
      }
    } finally {
      await reader.cancel();
    }
  };
  const packer = encoding === 'br' ? createBrotliCompress(brotliOptions) : createGzip();
  // a reader that goes away destroys the packer, and with it the source: neither is worth a word
  pipeline(Readable.from(rest()), packer).catch(() => {});
  return streamOf(packer);
}

/** What Cloudflare's edge says when what is behind it fails: a page, or RFC 9457 JSON for those who ask for JSON. */
export function edgeError(status: number, accept: string | null, ray: string, form: 'by_accept' | 'html' | 'problem'): Response {
  const { name, sentence, retryable } = edgeErrors[status] ?? unknownEdgeError;
  const asProblem = form === 'problem' || (form === 'by_accept' && /application\/(problem\+)?json/i.test(accept ?? ''));
  const retryAfter: Record<string, string> = retryable ? { 'retry-after': '30' } : {};
  if (asProblem) {
    const problem = {
      type: `https://developers.cloudflare.com/support/troubleshooting/http-status-codes/cloudflare-5xx-errors/error-${status}/`,
      title: `Error ${status}: ${sentence}`,
      status,
      detail: `${sentence}. The sandbox made this error on request.`,
      instance: ray,
      error_code: status,
      error_name: name,
      error_category: 'origin',
      ray_id: ray,
      timestamp: new Date().toISOString(),
      cloudflare_error: true,
      retryable,
      ...(retryable && { retry_after: 30 }),
      owner_action_required: !retryable,
    };
    const type = /application\/problem\+json/i.test(accept ?? '') ? 'application/problem+json' : 'application/json';
    return new Response(JSON.stringify(problem), { status, headers: { 'content-type': type, ...retryAfter } });
  }
  return new Response(errorPage(status, sentence, ray), {
    status,
    headers: { 'content-type': 'text/html; charset=UTF-8', ...retryAfter },
  });
}

const unknownEdgeError = { name: 'unknown_error', sentence: 'Web server is returning an unknown error', retryable: true };
const edgeErrors: Readonly<Record<number, typeof unknownEdgeError>> = {
  500: { name: 'internal_server_error', sentence: 'Internal server error', retryable: true },
  502: { name: 'bad_gateway', sentence: 'Bad gateway', retryable: true },
  503: { name: 'service_unavailable', sentence: 'Service temporarily unavailable', retryable: true },
  504: { name: 'gateway_timeout', sentence: 'Gateway time-out', retryable: true },
  520: unknownEdgeError,
  521: { name: 'web_server_down', sentence: 'Web server is down', retryable: true },
  522: { name: 'connection_timed_out', sentence: 'Connection timed out', retryable: true },
  523: { name: 'origin_unreachable', sentence: 'Origin is unreachable', retryable: true },
  524: { name: 'timeout_occurred', sentence: 'A timeout occurred', retryable: true },
  525: { name: 'ssl_handshake_failed', sentence: 'SSL handshake failed', retryable: false },
  526: { name: 'invalid_ssl_certificate', sentence: 'Invalid SSL certificate', retryable: false },
};

/** A page with a script in it: shown anywhere as HTML, the title of the document gives it away. */
export function errorPage(status: number, sentence: string, ray: string): string {
  return `<!DOCTYPE html>
<html lang="en-US">
<head><title>api.cloudflare.com | ${status}: ${sentence}</title></head>
<body>
<h1><span>${sentence}</span> <span>Error code ${status}</span></h1>
<p>Visit cloudflare.com for more information.</p>
<p>Ray ID: <strong>${ray}</strong></p>
<script>document.title = 'sandbox page was rendered';</script>
</body>
</html>
`;
}
