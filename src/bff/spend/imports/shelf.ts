/** Where files are while they are checked: on disk, never in memory. */
export interface Shelf {
  append(id: string, bytes: Uint8Array): Promise<void>;
  read(id: string): AsyncIterable<Uint8Array>;
  /** For the one reader that opens files itself. */
  pathOf(id: string): string;
  remove(id: string): Promise<void>;
}
