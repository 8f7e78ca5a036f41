import { describe, expect, it } from 'vitest';
import { authenticate, requireCredential, sandboxTokenName, schemeOf } from './auth.ts';
import { Refusal } from './refusals.ts';

const accepted = { token: 'good-token', email: 'owner@example.com', key: 'good-key' };
const bearer = (text: string) => ({ authorization: text });
const pair = (email: string, key: string) => ({ 'x-auth-email': email, 'x-auth-key': key });

function outcome(headers: Record<string, string>): unknown {
  try {
    return authenticate(new Headers(headers), accepted).context;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return [error.status, error.errors[0]?.code, error.errors[0]?.error_chain?.map(({ code }) => code)];
  }
}

describe('authenticate', () => {
  it.each<[string, Record<string, string>, unknown]>([
    ['a good token', bearer('Bearer good-token'), 'api_token'],
    ['a good key', pair('owner@example.com', 'good-key'), 'api_key'],
    ['an e-mail in other letters', pair('Owner@Example.com', 'good-key'), 'api_key'],
    ['both', { ...bearer('Bearer good-token'), ...pair('owner@example.com', 'good-key') }, 'api_key'],
    ['nothing', {}, [400, 9106, undefined]],
    ['an unknown token', bearer('Bearer other-token'), [401, 10000, undefined]],
    ['an unknown key', pair('owner@example.com', 'other-key'), [403, 9109, undefined]],
    ['an unknown e-mail', pair('someone@example.com', 'good-key'), [403, 9109, undefined]],
    ['another scheme', bearer('Basic Z29vZA=='), [400, 6003, [6111]]],
    ['a token of several words', bearer('Bearer good token'), [400, 6003, [6111]]],
    ['a token with no scheme', bearer('good-token'), [400, 6003, [6111]]],
    ['a key without an e-mail', { 'x-auth-key': 'good-key' }, [400, 6003, [6100]]],
    ['an e-mail without a key', { 'x-auth-email': 'owner@example.com' }, [400, 6003, [6101]]],
    ['a key with bad signs', pair('owner@example.com', 'good key!'), [400, 6003, [6103]]],
    ['neither in its form', pair('owner', '!'), [400, 6003, [6102, 6103]]],
  ])('%s', (_, headers, expected) => {
    expect(outcome(headers)).toEqual(expected);
  });

  it('names the token, as the audit trail does', () => {
    const caller = authenticate(new Headers(bearer('Bearer good-token')), accepted);
    expect(caller).toMatchObject({ email: 'owner@example.com', tokenName: sandboxTokenName });
    expect(caller.tokenId).toMatch(/^[a-f0-9]{32}$/);
  });
});

describe('requireCredential', () => {
  const byToken = authenticate(new Headers(bearer('Bearer good-token')), accepted);
  const byKey = authenticate(new Headers(pair('owner@example.com', 'good-key')), accepted);

  it('refuses a token only where the key is needed, and not when lenient', () => {
    expect(() => requireCredential(byToken, 'key', false)).toThrow(Refusal);
    expect(() => requireCredential(byToken, 'token', false)).not.toThrow();
    expect(() => requireCredential(byToken, 'key', true)).not.toThrow();
    expect(() => requireCredential(byKey, 'key', false)).not.toThrow();
    expect(() => requireCredential(byKey, 'token', false)).not.toThrow();
  });

  it('says why with a link', () => {
    expect(() => requireCredential(byToken, 'key', false)).toThrow(
      expect.objectContaining({
        status: 403,
        errors: [{ code: 10000, message: 'Authentication error', documentation_url: expect.stringMatching(/^https:/) }],
      }),
    );
  });
});

describe('schemeOf', () => {
  it('tells which headers came', () => {
    expect(schemeOf(new Headers())).toBe('none');
    expect(schemeOf(new Headers(bearer('x')))).toBe('token');
    expect(schemeOf(new Headers({ 'x-auth-email': 'x' }))).toBe('key');
    expect(schemeOf(new Headers({ ...bearer('x'), 'x-auth-key': 'x' }))).toBe('both');
  });
});
