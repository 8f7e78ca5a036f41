/** A new session id: 256 bits of chance, as text for a cookie. */
export function newSessionId(): string {
  return base64Url(crypto.getRandomValues(new Uint8Array(32)));
}

/** Whether a text has the form of our session ids. */
export const isSessionId = (text: string): boolean => /^[A-Za-z0-9_-]{43}$/.test(text);

/** What is stored in the place of an id. */
export async function digestOf(id: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(id));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function base64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}
