import { edgeError, errorPage } from '../edge.ts';
import { failureOf } from '../envelope.ts';
import { throttled } from '../refusals.ts';
import { type Exchange, type FaultAction, wait } from './exchange.ts';

/* Faults that put another answer in the place of the right one. */

const documentation = 'https://developers.cloudflare.com/fundamentals/organizations/limitations/';

async function applied(wanted: boolean | undefined, exchange: Exchange): Promise<void> {
  if (wanted) await (await exchange.produce()).body?.cancel();
}

export const latency: FaultAction<'latency'> = async (fault, exchange) => {
  await wait(fault.milliseconds, exchange.outgoing);
  return exchange.produce();
};

export const throttle: FaultAction<'throttle'> = async (fault) => {
  const response = throttled().response();
  if (fault.retryAfter !== null) response.headers.set('retry-after', fault.retryAfter);
  return response;
};

export const throttleIn200: FaultAction<'throttle_in_200'> = async () =>
  failureOf(200, [{ code: 971, message: 'Please wait and consider throttling your request speed' }]);

export const denied: FaultAction<'denied'> = async () =>
  failureOf(403, [{ code: 10000, message: 'Authentication error', documentation_url: documentation }]);

export const unauthorized: FaultAction<'unauthorized'> = async () =>
  failureOf(401, [{ code: 10000, message: 'Authentication error' }]);

export const status: FaultAction<'status'> = async (fault, exchange) => {
  await applied(fault.apply, exchange);
  const message = fault.message ?? 'The sandbox made this error on request';
  const response = {
    json: () => failureOf(fault.status, [{ code: fault.code ?? 1000, message }]),
    html: () =>
      new Response(errorPage(fault.status, message, exchange.ray), {
        status: fault.status,
        headers: { 'content-type': 'text/html; charset=UTF-8' },
      }),
    text: () => new Response(message, { status: fault.status, headers: { 'content-type': 'text/plain; charset=UTF-8' } }),
    none: () => new Response(null, { status: fault.status }),
  }[fault.body]();
  for (const [name, value] of Object.entries(fault.headers ?? {})) response.headers.set(name, value);
  return response;
};

export const edge: FaultAction<'edge_error'> = async (fault, exchange) => {
  await applied(fault.apply, exchange);
  const response = edgeError(fault.status, exchange.headers.get('accept'), exchange.ray, fault.form);
  if (fault.retryAfter === null) response.headers.delete('retry-after');
  else if (fault.retryAfter !== undefined) response.headers.set('retry-after', fault.retryAfter);
  return response;
};

export const redirect: FaultAction<'redirect'> = async (fault) =>
  new Response('<html><body>Moved</body></html>', {
    status: fault.status,
    headers: { location: fault.location, 'content-type': 'text/html' },
  });

export const partialBatch: FaultAction<'partial_batch'> = async (fault, exchange) =>
  exchange.produce({ stopBatchAfter: fault.applied });
