/** A pasted id, Ray ID or e-mail address means one thing, so the palette goes straight to it. */

export type Pasted =
  /** An organization, an account or another object of Cloudflare. */
  { kind: 'id'; text: string } | { kind: 'ray'; text: string } | { kind: 'email'; text: string };

/** What a text is when it is one of these and nothing else; null for words to search. */
export function readPasted(input: string): Pasted | null {
  const text = input.trim().replace(/^(cf-ray|ray id)\s*[:=]?\s*/i, '');
  if (/^[a-z0-9]{32}$/.test(text)) return { kind: 'id', text };
  // the part after the dash is the data center, which the audit log does not have
  const ray = /^([0-9a-f]{16})(-[A-Za-z]{3})?$/.exec(text)?.[1];
  if (ray !== undefined) return { kind: 'ray', text: ray };
  if (/^[^\s@<>"(),:;]+@[^\s@<>"(),:;]+\.[^\s@<>"(),:;]+$/.test(text)) return { kind: 'email', text: text.toLowerCase() };
  return null;
}
