import { createHash, timingSafeEqual } from 'node:crypto';
import type { CredentialKind } from '../contract/endpoint.ts';
import { badHeaders, noCredentials, tokenNotTaken, unknownKey, unknownToken } from './refusals.ts';

/** The one user that the sandbox knows, and the credentials it takes for them. */
export interface Credentials {
  readonly token: string;
  readonly email: string;
  readonly key: string;
}

/** Which credential headers a request carried. */
export type Scheme = 'none' | 'token' | 'key' | 'both';

/** Who calls, as the audit trail names them. */
export interface Caller {
  readonly context: 'api_key' | 'api_token';
  readonly email: string;
  readonly tokenId: string | null;
  readonly tokenName: string | null;
}

/** What the token is called in the audit trail. */
export const sandboxTokenName = 'Sandbox API token';

export function schemeOf(headers: Headers): Scheme {
  const token = headers.has('authorization');
  const key = headers.has('x-auth-key') || headers.has('x-auth-email');
  return token && key ? 'both' : token ? 'token' : key ? 'key' : 'none';
}

/** Who sent these headers, or a `Refusal`. With both schemes given the key counts, since it may do more. */
export function authenticate(headers: Headers, accepted: Credentials): Caller {
  const scheme = schemeOf(headers);
  if (scheme === 'none') throw noCredentials();
  return scheme === 'token' ? tokenCaller(headers, accepted) : keyCaller(headers, accepted);
}

/** Refuses an API token where only the key is taken; `lenient` lets it in. */
export function requireCredential(caller: Caller, needs: CredentialKind, lenient: boolean): void {
  if (needs === 'key' && caller.context === 'api_token' && !lenient) throw tokenNotTaken();
}

function tokenCaller(headers: Headers, accepted: Credentials): Caller {
  const token = /^Bearer ([A-Za-z0-9_.~+/=-]{1,512})$/i.exec(headers.get('authorization') ?? '')?.[1];
  if (token === undefined) throw badHeaders({ code: 6111, message: 'Invalid format for Authorization header' });
  if (!same(token, accepted.token)) throw unknownToken();
  return {
    context: 'api_token',
    email: accepted.email,
    tokenId: digest(token).toString('hex').slice(0, 32),
    tokenName: sandboxTokenName,
  };
}

function keyCaller(headers: Headers, accepted: Credentials): Caller {
  const email = headers.get('x-auth-email');
  const key = headers.get('x-auth-key');
  const problems = [];
  if (email === null) problems.push({ code: 6100, message: 'Missing X-Auth-Email header' });
  else if (!/^[^\s@]+@[^\s@]+$/.test(email)) problems.push({ code: 6102, message: 'Invalid format for X-Auth-Email header' });
  if (key === null) problems.push({ code: 6101, message: 'Missing X-Auth-Key header' });
  else if (!/^[A-Za-z0-9_-]{1,512}$/.test(key)) problems.push({ code: 6103, message: 'Invalid format for X-Auth-Key header' });
  if (email === null || key === null || problems.length > 0) throw badHeaders(...problems);
  if (!same(email.toLowerCase(), accepted.email.toLowerCase()) || !same(key, accepted.key)) throw unknownKey();
  return { context: 'api_key', email: accepted.email, tokenId: null, tokenName: null };
}

const digest = (text: string) => createHash('sha256').update(text).digest();
const same = (one: string, other: string) => timingSafeEqual(digest(one), digest(other));
