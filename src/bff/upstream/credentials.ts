import type { CredentialKind, Endpoint } from '../../contract/endpoint.ts';
import { LeakGuard } from './secret.ts';
import type { Secret } from './secret.ts';

/** What the configuration gives: either, both or neither. */
export interface Credentials {
  token: Secret | null;
  key: { email: string; key: Secret } | null;
}

export type UsedCredential = 'token' | 'key';

/** The credentials in use. They may be exchanged while Canopy runs; a request keeps those that it began with. */
export class CredentialBox {
  #current: Credentials;
  #guard: LeakGuard;
  readonly #secrets: Secret[];

  constructor(credentials: Credentials) {
    this.#current = credentials;
    this.#secrets = secretsOf(credentials);
    this.#guard = new LeakGuard(this.#secrets);
  }
  get current(): Credentials {
    return this.#current;
  }
  /** Knows the earlier ones too: an answer to an earlier request may still hold them. */
  get guard(): LeakGuard {
    return this.#guard;
  }
  exchange(credentials: Credentials): void {
    this.#current = credentials;
    this.#secrets.push(...secretsOf(credentials));
    this.#guard = new LeakGuard(this.#secrets);
  }
}

/** The least powerful configured credential that a row works with. */
export function chooseCredential(credentials: Credentials, kind: CredentialKind): UsedCredential | null {
  if (kind === 'token' && credentials.token) return 'token';
  return credentials.key && kind !== 'none' ? 'key' : null;
}

/** Exactly one scheme, never both. */
export function credentialHeaders(credentials: Credentials, used: UsedCredential): Record<string, string> {
  if (used === 'token' && credentials.token) return { authorization: `Bearer ${credentials.token.reveal()}` };
  if (credentials.key) return { 'x-auth-email': credentials.key.email, 'x-auth-key': credentials.key.key.reveal() };
  throw new Error(`No ${used} is configured`);
}

/** Whether a configured credential fits a row; the reason, and what would make it fit, where none does. */
export function availability(
  credentials: Credentials,
  row: Endpoint,
): { available: true } | { available: false; reason: string } {
  if (row.credential === 'none' || chooseCredential(credentials, row.credential)) return { available: true };
  if (row.credential === 'key' && credentials.token)
    return {
      available: false,
      reason:
        'Cloudflare takes only an e-mail address and a Global API key here, and only an API token is configured. Set CLOUDFLARE_EMAIL and CLOUDFLARE_API_KEY to use it.',
    };
  return {
    available: false,
    reason:
      row.credential === 'key'
        ? 'No credential is configured. Set CLOUDFLARE_EMAIL and CLOUDFLARE_API_KEY to use it.'
        : 'No credential is configured. Set CLOUDFLARE_API_TOKEN, or CLOUDFLARE_EMAIL and CLOUDFLARE_API_KEY, to use it.',
  };
}

/** The secrets of a configuration, for the search in everything that comes back. */
function secretsOf(credentials: Credentials): Secret[] {
  return [credentials.token, credentials.key?.key ?? null].filter((secret) => secret !== null);
}

/** What tells two credentials apart in a log or the ledger and gives nothing of them away. */
export async function fingerprints({ token, key }: Credentials): Promise<{ tokenMark: string | null; keyMark: string | null }> {
  return { tokenMark: token && (await fingerprint(token)), keyMark: key && (await fingerprint(key.key)) };
}

/** Eight hexadecimal digits of a MAC under the secret itself. */
async function fingerprint(secret: Secret): Promise<string> {
  const text = new TextEncoder();
  const mac = { name: 'HMAC', hash: 'SHA-256' };
  const own = await crypto.subtle.importKey('raw', text.encode(secret.reveal()), mac, false, ['sign']);
  const bytes = new Uint8Array(await crypto.subtle.sign(mac, own, text.encode('canopy fingerprint'))).subarray(0, 4);
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
