import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import type { HttpBindings } from '@hono/node-server';
import type { Hono } from 'hono';
import type { ErrorCode } from '../../contract/envelope.ts';
import { failureAsResponse, unexpected } from '../guards/answers.ts';
import type { Door } from '../guards/door.ts';
import { securityHeaders } from '../guards/headers.ts';
import { Problem } from '../problem.ts';
import { ConfigProblem } from './config-problem.ts';

/** What serves the page while developing, as Node's own servers call it. */
export type NodeMiddleware = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

/** How long a request may take to arrive, in milliseconds, and how much of it there may be. */
const inbound = {
  headersTimeout: 15_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 30_000,
  connectionsCheckingInterval: 2_000,
  maxHeaderSize: 16_384,
} as const;
const connectionLimit = 1_000;
/** A connection is renewed after so many requests, so that none is kept for ever. */
const requestsOfConnection = 10_000;
/** How long a browser may take nothing of an answer that waits for it, in milliseconds: then its connection is cut. */
const longestPause = 60_000;
/** How long answers that have begun may take after the server was told to stop. */
const farewell = 20_000;
/** What the app answers itself while a page is served by something else. */
const ownPath = /^\/(api\/|healthz$|readyz$)/;

type Listener = (request: IncomingMessage, response: ServerResponse) => void;

/** The HTTP server in front of the app. */
export class HttpServer {
  readonly #server: Server;
  /** What answers; requests that come before it is there wait for it. */
  readonly #listener: Promise<Listener>;
  #answerWith: (listener: Listener) => void = () => undefined;
  #closing: Promise<void> | null = null;

  /** Begins to listen; what keeps it from doing so is one sentence. */
  static async listen(host: string, port: number, pause = longestPause): Promise<HttpServer> {
    // the host guard, not Node, answers a request without a host: its answer has our headers
    const server = createServer({ ...inbound, requireHostHeader: false });
    server.maxConnections = connectionLimit;
    server.maxRequestsPerSocket = requestsOfConnection;
    const listening = new HttpServer(server, pause);
    await new Promise<void>((resolve, reject) => {
      server.once('error', (error) => reject(listenProblem(error, host, port)));
      server.listen(port, host, resolve);
    });
    return listening;
  }

  private constructor(server: Server, pause: number) {
    this.#server = server;
    this.#listener = new Promise((resolve) => (this.#answerWith = resolve));
    const listen: Listener = (request, response) => {
      response.once('close', () => this.#closing && setImmediate(() => this.#server.closeIdleConnections()));
      // silence of the connection: ours, while an answer is worked out, or theirs, where bytes wait to be taken
      response.setTimeout(pause, () => response.writableLength > 0 && response.destroy());
      void this.#listener.then((listener) => listener(request, response));
    };
    server.on('request', listen);
    server.on('checkExpectation', listen);
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port; // a listening TCP server has one
  }

  /** Serves the app; `page`, where given, serves everything that is not the app's own interface. */
  serve(app: Hono<Door>, https: boolean, page: NodeMiddleware | null): void {
    const answer = getRequestListener((request, env) => app.fetch(request, { incoming: (env as HttpBindings).incoming }), {
      overrideGlobalObjects: false,
      errorHandler: (error) => withHeaders(failureAsResponse(malformed(error), randomUUID()), https),
    });
    this.#server.on('connect', (_request, socket: Socket) => refuse(socket, 405, 'method_not_allowed', https));
    this.#server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
      if (error.code === 'HPE_HEADER_OVERFLOW') refuse(socket, 431, 'too_large', https);
      else if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT') refuse(socket, 408, 'invalid_request', https);
      else refuse(socket, 400, 'invalid_request', https);
    });
    this.#answerWith((request, response) => {
      if (page && !ownPath.test(request.url ?? '')) page(request, response, () => void answer(request, response));
      else void answer(request, response);
    });
  }

  /** Takes no new connections, lets what has begun end, and breaks off what does not. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    this.#server.closeIdleConnections();
    const late = setTimeout(() => this.#server.closeAllConnections(), farewell);
    await closed;
    clearTimeout(late);
  }
}

function malformed(error: unknown): Problem {
  if (!(error instanceof Error) || error.name !== 'RequestError') return unexpected(error);
  return new Problem({
    code: 'invalid_request',
    message: 'The address or the host of this request cannot be read.',
    action: 'Use an address of this console as it stands.',
  });
}

function withHeaders(response: Response, https: boolean): Response {
  for (const [name, value] of Object.entries(securityHeaders(https))) response.headers.set(name, value);
  return response;
}

const reasons: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  405: 'Method Not Allowed',
  408: 'Request Timeout',
  431: 'Request Header Fields Too Large',
};

/** Answers on the bare socket what never became a request, with the same headers as every other answer. */
function refuse(socket: Socket, status: number, code: ErrorCode, https: boolean): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const requestId = randomUUID();
  const error = {
    code,
    message: 'This is not a request that can be answered.',
    action: 'Send a plain HTTP/1.1 request.',
    requestId,
  };
  const body = JSON.stringify({ success: false, result: null, errors: [], messages: [], error });
  const headers = {
    ...securityHeaders(https),
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
    'x-request-id': requestId,
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status} ${reasons[status] ?? 'Error'}\r\n${lines.join('')}\r\n${body}`);
}

function listenProblem(error: NodeJS.ErrnoException, host: string, port: number): ConfigProblem {
  const sentence: Readonly<Record<string, string>> = {
    EADDRINUSE: `Port ${port} of ${host} is in use: stop what listens there, or set PORT to another number.`,
    EACCES: `Port ${port} may not be used without more rights: set PORT to a number above 1023.`,
    EADDRNOTAVAIL: `HOST ${host} is not an address of this machine.`,
    ENOTFOUND: `HOST ${host} cannot be found.`,
  };
  return new ConfigProblem(
    [sentence[error.code ?? ''] ?? `Canopy cannot listen at ${host}, port ${port} (${error.code ?? 'unknown error'}).`],
    {
      cause: error,
    },
  );
}
