import { mkdir, mkdtemp, open, rm } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A file that is read once. It has no name any more: it is gone when it is closed, or when the process ends. */
export interface TakenFile {
  bytes: number;
  /** In pieces. Closes the file when it ends or is left. */
  read(): AsyncIterable<Uint8Array>;
  /** For a small file. */
  whole(): Promise<Uint8Array>;
  /** For a file that will not be read. May be called twice. */
  discard(): Promise<void>;
}

export const pieceSize = 64 * 1024;

/** Where files are written on their way out. Nothing stays in it. */
export class TemporaryFolder {
  readonly #path: string | null;

  /** Null: a folder of the system, made for each file. */
  constructor(path: string | null) {
    this.#path = path;
  }

  /** Removes what a process that was killed left behind. */
  async clear(): Promise<void> {
    if (this.#path) await rm(this.#path, { recursive: true, force: true });
  }

  /** Has a file written in a folder of its own, and removes the folder, whatever happens. `write` answers where the file is. */
  async take(write: (folder: string) => Promise<string>): Promise<TakenFile> {
    const file = await this.#inFolder(async (folder) => open(await write(folder), 'r'));
    const { size } = await file.stat();
    return {
      bytes: size,
      read: () => pieces(file),
      whole: () => file.readFile().finally(() => file.close()),
      discard: () => file.close(),
    };
  }

  /** An empty file to write and to read, without a name: whoever closes it removes it. */
  scratch(): Promise<FileHandle> {
    return this.#inFolder((folder) => open(join(folder, 'scratch'), 'wx+', 0o600));
  }

  async #inFolder(work: (folder: string) => Promise<FileHandle>): Promise<FileHandle> {
    if (this.#path) await mkdir(this.#path, { recursive: true, mode: 0o700 });
    const folder = await mkdtemp(join(this.#path ?? tmpdir(), 'file-'));
    try {
      return await work(folder);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
}

async function* pieces(file: FileHandle): AsyncGenerator<Uint8Array> {
  try {
    for (;;) {
      const { bytesRead, buffer } = await file.read(new Uint8Array(pieceSize), 0, pieceSize);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}
