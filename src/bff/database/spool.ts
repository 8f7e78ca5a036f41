import type { FileHandle } from 'node:fs/promises';
import { pieceSize } from './temporary-folder.ts';

/** Pieces of a file, and what there is to say at their end. It should end soon after the signal. */
export type Source<R> = (signal: AbortSignal) => AsyncGenerator<Uint8Array, R>;

/** How a source ended. */
type End<R> = { result: R } | { error: unknown };

/**
 * Lets a source run ahead of its reader: pieces that the reader has not taken wait in a file. So a source that holds what
 * others need is done as soon as it can be, and memory holds one piece, however slow the reader is.
 *
 * Answers when the first piece is there, and throws what the source throws before it. What it throws later, the reader
 * meets at its next piece: there is no use in the pieces before. A reader that leaves, or `left`, ends the source.
 */
export async function runAhead<R>(
  source: Source<R>,
  newFile: () => Promise<FileHandle>,
  left: AbortSignal | undefined,
): Promise<AsyncGenerator<Uint8Array, R>> {
  const stop = new AbortController();
  const leave = () => stop.abort();
  if (left?.aborted) leave();
  left?.addEventListener('abort', leave);
  const pieces = source(stop.signal);
  const begun = async () => {
    const first = await pieces.next();
    return { first, spool: new Spool<R>(await newFile()) };
  };
  const { first, spool } = await begun().catch(async (error: unknown) => {
    left?.removeEventListener('abort', leave);
    await pieces.return(undefined as R); // nobody looks at what it answers then
    throw error;
  });

  const filled = spool.fill(first, pieces, stop.signal);
  const end = async () => {
    left?.removeEventListener('abort', leaveAll);
    stop.abort();
    await filled;
    await spool.close();
  };
  const leaveAll = () => void end();
  left?.removeEventListener('abort', leave);
  if (stop.signal.aborted) leaveAll();
  left?.addEventListener('abort', leaveAll); // nobody may read on, or ever have begun to
  return (async function* () {
    try {
      return yield* spool.read();
    } finally {
      await end();
    }
  })();
}

/** A file that is written at its end while it is read from its start. */
class Spool<R> {
  readonly #file: FileHandle;
  #written = 0;
  #end: End<R> | null = null;
  #tell: () => void = () => undefined;

  constructor(file: FileHandle) {
    this.#file = file;
  }

  async fill(first: IteratorResult<Uint8Array, R>, pieces: AsyncGenerator<Uint8Array, R>, signal: AbortSignal): Promise<void> {
    try {
      let next = first;
      for (; !next.done; next = await pieces.next()) {
        await this.#write(next.value);
        this.#tell();
        signal.throwIfAborted();
      }
      this.#end = { result: next.value };
    } catch (error) {
      this.#end = { error };
    } finally {
      await pieces.return(undefined as R); // as above
      this.#tell();
    }
  }

  async #write(piece: Uint8Array): Promise<void> {
    for (let done = 0; done < piece.byteLength;) {
      const { bytesWritten } = await this.#file.write(piece, done, piece.byteLength - done, this.#written);
      done += bytesWritten;
      this.#written += bytesWritten;
    }
  }

  /** May be called twice. */
  close(): Promise<void> {
    return this.#file.close();
  }

  async *read(): AsyncGenerator<Uint8Array, R> {
    for (let at = 0; ;) {
      const news = new Promise<void>((tell) => (this.#tell = tell));
      if (this.#end && 'error' in this.#end) throw this.#end.error;
      if (at < this.#written) {
        const length = Math.min(pieceSize, this.#written - at);
        const { bytesRead, buffer } = await this.#file.read(new Uint8Array(length), 0, length, at);
        at += bytesRead;
        yield buffer.subarray(0, bytesRead);
      } else if (this.#end) return this.#end.result;
      else await news;
    }
  }
}
