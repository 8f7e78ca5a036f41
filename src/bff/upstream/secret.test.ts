import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LeakGuard, Secret, redact } from './secret.ts';

const token = 'cfut_CANARY0123456789abcdefghijklmnopqrstuvwxyz';

describe('a secret', () => {
  it('never prints', () => {
    const secret = new Secret(token);
    const prints = [
      String(secret),
      ['in a text', secret].join(' '),
      JSON.stringify({ secret }),
      inspect(secret),
      inspect({ nested: [secret] }, { depth: 9, showHidden: true }),
      Object.entries(secret).join(),
    ];
    for (const print of prints) expect(print).not.toContain('CANARY');
    expect(secret.reveal()).toBe(token);
  });
});

describe('redaction', () => {
  it.each([
    token,
    'cfk_0123456789abcdefghijklmnopqrstuvwxyz0123',
    'cfat_0123456789abcdefghijklmnopqrstuvwxyz0123',
    'c2547eb745079dac9320b638f5e225cf483cc', // a Global API key of the old form
    'A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8S9t_', // an API token of the old form
    'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl',
  ])('removes %s', (secret) => {
    for (const text of [`failed with ${secret}.`, `{"header":"${secret}"}`, `"x-auth-key: ${secret}"`]) {
      expect(redact(text)).not.toContain(secret);
      expect(redact(text)).toContain('[redacted]');
    }
  });

  it('removes what stands in a credential header, whatever it looks like', () => {
    expect(redact('authorization: Bearer not-a-known-shape')).toBe('authorization: [redacted]');
    expect(redact('{"x-auth-key":"not-a-known-shape"}')).toBe('{"x-auth-key":"[redacted]"}');
  });

  it('leaves ids, digests and Ray IDs', () => {
    const text = 'org 7e570000000000000000000000000001 request 7e570000-0000-4000-8000-000000000001 ray 9abcdef012345678-FRA';
    expect(redact(text)).toBe(text);
  });

  it('is quick on hostile text', () => {
    const hostile = ['eyJ'.repeat(30_000), 'a'.repeat(100_000), `Bearer ${' '.repeat(100_000)}`, 'x-auth-key'.repeat(10_000)];
    const began = performance.now();
    for (const text of hostile) redact(text);
    expect(performance.now() - began).toBeLessThan(500);
  });
});

describe('the leak guard', () => {
  const guard = new LeakGuard([new Secret(token)]);

  it('finds a secret as it is, in base64 at any offset, and in a URL', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), fc.string({ maxLength: 40 }), (before, after) => {
        const around = (text: string) => `${before}${text}${after}`;
        const bytes = new TextEncoder().encode(around(token));
        expect(guard.leaks(around(token))).toBe(true);
        expect(guard.leaks(btoa(String.fromCharCode(...bytes)))).toBe(true);
        expect(guard.leaks(encodeURIComponent(around('x').replace('x', '')) + encodeURIComponent(token))).toBe(true);
      }),
    );
  });

  it('lets everything else pass', () => {
    fc.assert(fc.property(fc.string(), (text) => !guard.leaks(text)));
  });
});
