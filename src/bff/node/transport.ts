import { Agent, errors, request as send } from 'undici';
import { TransportFailure } from '../upstream/transport.ts';
import type { Transport, TransportAnswer, TransportFault, TransportRequest } from '../upstream/transport.ts';

export interface TransportOptions {
  /** Milliseconds for lookup, connection and TLS together. */
  connectTimeout: number;
  connections: number;
}

const defaults: TransportOptions = { connectTimeout: 5_000, connections: 24 };

/** The wire to Cloudflare on undici's `request`, which never follows a redirect. */
export function createTransport(options: Partial<TransportOptions> = {}): Transport {
  const { connectTimeout, connections } = { ...defaults, ...options };
  const common = { connections, connect: { timeout: connectTimeout }, maxHeaderSize: 32_768 };
  const kept = new Agent(common);
  const fresh = new Agent({ ...common, pipelining: 0 }); // without keep-alive each request has its own connection
  return {
    async send(request) {
      return answerTo(request, request.ownConnection ? fresh : kept);
    },
    async close() {
      await Promise.all([kept.destroy(), fresh.destroy()]);
    },
  };
}

async function answerTo(request: TransportRequest, dispatcher: Agent): Promise<TransportAnswer> {
  try {
    const { statusCode, headers, body } = await send(request.url, {
      dispatcher,
      method: request.method,
      headers: request.headers,
      body: request.body,
      headersTimeout: request.headersTimeout,
      bodyTimeout: request.idleTimeout,
      signal: request.signal,
    });
    return {
      status: statusCode,
      header(name) {
        const value = headers[name];
        return value === undefined ? null : Array.isArray(value) ? value.join(', ') : value;
      },
      body: translated(body),
      discard() {
        body.on('error', () => undefined).destroy();
      },
    };
  } catch (error) {
    throw translate(error);
  }
}

async function* translated(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } catch (error) {
    throw translate(error);
  }
}

const faultOfCode: Readonly<Record<string, TransportFault>> = {
  UND_ERR_CONNECT_TIMEOUT: 'connect-timeout',
  UND_ERR_HEADERS_TIMEOUT: 'headers-timeout',
  UND_ERR_BODY_TIMEOUT: 'idle-timeout',
  UND_ERR_ABORTED: 'aborted',
  UND_ERR_DESTROYED: 'aborted',
  UND_ERR_CLOSED: 'aborted',
  ABORT_ERR: 'aborted',
  UND_ERR_HEADERS_OVERFLOW: 'not-http',
  UND_ERR_SOCKET: 'closed',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'closed',
  ECONNRESET: 'closed',
  EPIPE: 'closed',
  ENOTFOUND: 'lookup',
  EAI_AGAIN: 'lookup',
  ECONNREFUSED: 'connect',
  EHOSTUNREACH: 'connect',
  ENETUNREACH: 'connect',
  ETIMEDOUT: 'connect-timeout',
};

/** undici's and Node's errors in our words. Theirs stay as the cause and never reach a browser. */
function translate(error: unknown): unknown {
  if (error instanceof TransportFailure) return error;
  if (error instanceof errors.HTTPParserError) return new TransportFailure('not-http', { cause: error });
  const first = error instanceof AggregateError ? error.errors[0] : error; // happy eyeballs: one error for each address
  const code = codeOf(first);
  const fault = code === null ? undefined : (faultOfCode[code] ?? (isTls(code) ? 'tls' : undefined));
  if (fault) return new TransportFailure(fault, { cause: error });
  if (error instanceof Error && error.name === 'AbortError') return new TransportFailure('aborted', { cause: error });
  return error;
}

function codeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}

const isTls = (code: string) => /^(ERR_TLS_|ERR_SSL_|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/.test(code);
