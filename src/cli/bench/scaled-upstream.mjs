// Stands before the sandbox and answers for usage in its place, with far more of it.
import { createServer } from 'node:http';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { runnerImport } from 'vite';

/**
 * Everything but the usage of organizations is asked of the sandbox.
 * @param {string} sandbox The address of its API. @param {import('./scaled-usage.ts').Scale} scale
 */
export async function startScaledUpstream(sandbox, scale) {
  /** @type {{ module: typeof import('./scaled-usage.ts') }} */
  const { module } = await runnerImport(join(import.meta.dirname, 'scaled-usage.ts'));
  const usage = new module.ScaledUsage(scale, Date.now());
  const base = new URL(sandbox);
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', base);
    const organization = /\/organizations\/(\w+)\/billable\/usage$/.exec(url.pathname)?.[1];
    const body = organization
      ? Readable.from(usage.answer(organization, url.searchParams.get('from') ?? '', url.searchParams.get('to') ?? ''))
      : null;
    const answered = body ? send(response, 200, body) : forward(url, request, response);
    answered.catch(() => response.destroy()); // whoever asked went away
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a server that listens has a port');
  return {
    url: `http://127.0.0.1:${address.port}${base.pathname}`,
    accounts: usage.accounts,
    stop: () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
}

/** @param {URL} url @param {import('node:http').IncomingMessage} request @param {import('node:http').ServerResponse} response */
async function forward(url, request, response) {
  const { 'x-auth-email': email, 'x-auth-key': key, authorization } = request.headers;
  const headers = Object.entries({ 'x-auth-email': email, 'x-auth-key': key, authorization });
  const given = /** @type {[string, string][]} */ (headers.filter(([, value]) => typeof value === 'string'));
  const answer = await fetch(url, { headers: given });
  await send(response, answer.status, Readable.from([await answer.text()]));
}

/** @param {import('node:http').ServerResponse} response @param {number} status @param {Readable} body */
async function send(response, status, body) {
  response.writeHead(status, { 'content-type': 'application/json' });
  await pipeline(body, response);
}
