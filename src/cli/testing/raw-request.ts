import { connect } from 'node:net';
import type { Socket } from 'node:net';

export interface RawResponse {
  /** 0 where the connection closed without an answer. */
  status: number;
  headers: ReadonlyMap<string, string>;
  body: string;
  text: string;
}

/**
 * Sends bytes as they stand and reads until the server closes the connection: HTTP clients would correct what they are
 * given. The request must ask for that, or `hangUp` ends our side after the last byte.
 */
export async function rawRequest(origin: string, text: string | Uint8Array, hangUp = false): Promise<RawResponse> {
  const { hostname, port } = new URL(origin);
  const socket = connect({ host: hostname, port: Number(port) });
  if (hangUp) socket.end(text);
  else socket.write(text);
  return parseResponse(await readAll(socket));
}

function readAll(socket: Socket): Promise<string> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    socket.on('error', () => undefined); // a reset is an ending too; what came before it counts
    socket.on('close', () => resolve(Buffer.concat(chunks).toString('latin1')));
  });
}

export function parseResponse(text: string): RawResponse {
  const [head = '', ...rest] = text.split('\r\n\r\n');
  const [line = '', ...headerLines] = head.split('\r\n');
  const headers = new Map(
    headerLines.map((header) => {
      const colon = header.indexOf(':');
      return [header.slice(0, colon).toLowerCase(), header.slice(colon + 1).trim()] as const;
    }),
  );
  return { status: Number(/^HTTP\/1\.1 (\d{3})/.exec(line)?.[1] ?? 0), headers, body: rest.join('\r\n\r\n'), text };
}
