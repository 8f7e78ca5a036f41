import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { type Exchange, type FaultAction, wait } from './exchange.ts';

/* Faults of the connection: they write to the socket themselves, below HTTP. */

/** The status line and headers as bytes, with the framing that is wanted. */
function headOf(response: Response, framing: Record<string, string>): string {
  const headers = new Headers(response.headers);
  for (const name of ['content-length', 'transfer-encoding']) headers.delete(name);
  for (const [name, value] of Object.entries(framing)) headers.set(name, value);
  const lines = [...headers].map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return `HTTP/1.1 ${response.status} ${STATUS_CODES[response.status] ?? ''}\r\n${lines}\r\n`;
}

function socketOf(exchange: Exchange): Socket | null {
  const { socket } = exchange.outgoing;
  if (!socket || socket.destroyed) return null;
  socket.setNoDelay(true);
  return socket;
}

/** At most so many bytes of a body, and never its last one. */
async function* beginning(response: Response, most: number): AsyncGenerator<Uint8Array> {
  if (!response.body) return;
  const reader = response.body.getReader();
  let left = most;
  let held: Uint8Array | null = null;
  try {
    while (left > 0) {
      const { done, value } = await reader.read();
      const chunk = done ? held?.subarray(0, -1) : held;
      held = value ?? null;
      if (chunk) {
        const part: Uint8Array = chunk.subarray(0, left);
        left -= part.length;
        yield part;
      }
      if (done) return;
    }
  } finally {
    await reader.cancel();
  }
}

/** Writes and waits until the other side takes it; false where it has gone. */
async function send(socket: Socket, data: string | Uint8Array): Promise<boolean> {
  if (socket.destroyed) return false;
  if (socket.write(data)) return true;
  return new Promise((resolve) => {
    const drained = () => done(true);
    const closed = () => done(false);
    const done = (open: boolean) => {
      socket.off('drain', drained);
      socket.off('close', closed);
      resolve(open);
    };
    socket.once('drain', drained);
    socket.once('close', closed);
  });
}

export const stallHeaders: FaultAction<'stall_headers'> = async (fault, exchange) => {
  if (fault.apply) await (await exchange.produce()).body?.cancel();
  return RESPONSE_ALREADY_SENT;
};

export const stallBody: FaultAction<'stall_body'> = async (fault, exchange) => {
  const response = await exchange.finish(await exchange.produce());
  const socket = socketOf(exchange);
  if (!socket) return RESPONSE_ALREADY_SENT;
  await send(socket, headOf(response, { 'transfer-encoding': 'chunked' }));
  for await (const part of beginning(response, fault.afterBytes)) if (!(await send(socket, chunked(part)))) break;
  return RESPONSE_ALREADY_SENT;
};

export const truncate: FaultAction<'truncate'> = async (fault, exchange) => {
  const response = await exchange.finish(await exchange.produce());
  const socket = socketOf(exchange);
  if (!socket) return RESPONSE_ALREADY_SENT;
  const framing = {
    'content-length': { 'content-length': String(fault.afterBytes + 1024) },
    chunked: { 'transfer-encoding': 'chunked' },
    close: { connection: 'close' },
  }[fault.framing];
  let open = await send(socket, headOf(response, framing));
  for await (const part of beginning(response, fault.afterBytes)) {
    if (!open) break;
    open = await send(socket, fault.framing === 'chunked' ? chunked(part) : part);
  }
  // a reset overtakes what is still on its way: let that arrive first
  if (fault.reset && (await wait(10, exchange.outgoing))) socket.resetAndDestroy();
  else socket.end();
  return RESPONSE_ALREADY_SENT;
};

export const reset: FaultAction<'reset'> = async (fault, exchange) => {
  if (fault.when === 'after') await (await exchange.produce()).body?.cancel();
  socketOf(exchange)?.resetAndDestroy();
  return RESPONSE_ALREADY_SENT;
};

export const drip: FaultAction<'drip'> = async (fault, exchange) => {
  const response = await exchange.finish(await exchange.produce());
  const body = new Uint8Array(await response.arrayBuffer());
  const head = new TextEncoder().encode(
    headOf(response, response.status === 204 ? {} : { 'content-length': String(body.length) }),
  );
  const socket = socketOf(exchange);
  if (!socket) return RESPONSE_ALREADY_SENT;
  const [whole, slow, last] = fault.part === 'headers' ? [null, head, body] : [head, body, null];
  if (whole) await send(socket, whole);
  // at most twenty writes a second, and never less than a byte
  const each = Math.max(1, Math.floor(fault.bytesPerSecond / 20));
  for (let at = 0; at < slow.length; at += each) {
    if (!(await send(socket, slow.subarray(at, at + each)))) return RESPONSE_ALREADY_SENT;
    if (!(await wait((each / fault.bytesPerSecond) * 1000, exchange.outgoing))) return RESPONSE_ALREADY_SENT;
  }
  if (last) await send(socket, last);
  socket.end();
  return RESPONSE_ALREADY_SENT;
};

function chunked(part: Uint8Array): Uint8Array {
  return new Uint8Array(Buffer.concat([Buffer.from(`${part.length.toString(16)}\r\n`), part, Buffer.from('\r\n')]));
}
