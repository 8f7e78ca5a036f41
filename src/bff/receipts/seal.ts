/** What the first entry of the ledger is sealed with. */
export const firstSeal = '0'.repeat(64);

/** An entry's seal holds the one before it, so nothing earlier can change without every later seal being wrong. */
export async function sealOf(previous: string, sequence: number, kind: string, body: string): Promise<string> {
  const text = `${previous}\n${sequence}\n${kind}\n${body}`;
  return digestOf(text);
}

/** SHA-256 as hexadecimal text. */
export async function digestOf(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
