import type { CredentialKind, Endpoint } from '../../contract/endpoint.ts';
import type { Secret } from './secret.ts';

/** What the configuration gives: either, both or neither. */
export interface Credentials {
  token: Secret | null;
  key: { email: string; key: Secret } | null;
}

export type UsedCredential = 'token' | 'key';

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
export function secretsOf(credentials: Credentials): Secret[] {
  return [credentials.token, credentials.key?.key ?? null].filter((secret) => secret !== null);
}
