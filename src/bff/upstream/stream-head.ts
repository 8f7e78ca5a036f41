/** An answer this short may be an error in the clothes of a success; a longer one is data. */
export const headLimit = 65_536;

/** Reads the beginning of a stream. `whole` holds the body where it ended before the limit; `body` has every byte again. */
export async function lookAhead(
  source: AsyncGenerator<Uint8Array>,
): Promise<{ whole: Uint8Array | null; body: AsyncGenerator<Uint8Array> }> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  let ended = false;
  while (size < headLimit && !ended) {
    const next = await source.next();
    if (next.done) ended = true;
    else {
      chunks.push(next.value);
      size += next.value.byteLength;
    }
  }
  return { whole: ended ? joined(chunks, size) : null, body: replay(chunks, ended ? null : source) };
}

async function* replay(chunks: readonly Uint8Array[], rest: AsyncGenerator<Uint8Array> | null): AsyncGenerator<Uint8Array> {
  try {
    yield* chunks;
    if (rest) yield* rest;
  } finally {
    await rest?.return(undefined);
  }
}

/** One piece of what came in several. */
export function joined(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const [only] = chunks;
  if (only && chunks.length === 1) return only;
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.byteLength;
  }
  return bytes;
}
