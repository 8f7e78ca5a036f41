import type { Download } from './services.ts';

/** Streams a file as an attachment. A source that breaks breaks the connection, so half a file never looks whole. */
export function serveDownload({ fileName, contentType, body }: Download): Response {
  const plainName = fileName.replace(/[^A-Za-z0-9._ -]/g, '_');
  return new Response(streamOf(body), {
    headers: {
      'content-type': contentType,
      'content-disposition': `attachment; filename="${plainName}"; filename*=UTF-8''${encodeURIComponent(fileName)}`,
      'cache-control': 'no-store',
    },
  });
}

/** A stream that reads on only as fast as the browser does, and closes the source when the browser leaves. */
function streamOf(source: AsyncIterable<Uint8Array>): ReadableStream<Uint8Array> {
  const iterator = source[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const next = await iterator.next().catch(brokenOff);
      if (next.done) controller.close();
      else controller.enqueue(next.value);
    },
    async cancel() {
      await iterator.return?.();
    },
  });
}

/** The source says in the log why it failed. The server would print any other error than this one a second time. */
function brokenOff(cause: unknown): never {
  throw Object.assign(new Error('The file broke off', { cause }), { code: 'ERR_STREAM_PREMATURE_CLOSE' });
}
