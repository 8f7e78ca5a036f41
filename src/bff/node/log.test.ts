import { describe, expect, test } from 'vitest';
import { Secret } from '../upstream/secret.ts';
import { newSessionId } from '../session/session-id.ts';
import { createLog } from './log.ts';

const canary = 'cfut_CANARY0123456789abcdefghijklmnopqrstuvwx';

function logged(facts: object, message = 'something happened'): string {
  const lines: string[] = [];
  createLog('debug', (line) => lines.push(line)).error(facts, message);
  return lines.join('');
}

describe('the log', () => {
  test.each([
    ['a secret', { credential: new Secret(canary) }],
    [
      'a header by name',
      { headers: { Authorization: `Bearer x`, 'X-Auth-Key': 'plain-key-of-no-shape', cookie: 'plain-key-of-no-shape' } },
    ],
    ['a text that looks like a token', { note: `it was ${canary} there` }],
    ['an error', { err: new Error(`bad header Bearer ${canary}`, { cause: new Error(canary) }) }],
    ['something deep', { a: { b: { c: { d: { e: { token: 'plain-key-of-no-shape' } } } } } }],
  ])('masks %s', (_, facts) => {
    const line = logged(facts);
    expect(line).not.toContain(canary);
    expect(line).not.toContain('plain-key-of-no-shape');
    expect(line).toMatch(/\[secret\]|\[redacted\]/);
  });

  test.each([['ECONNRESET'], ['upstream_throttled'], ['23505'], [10000]])('says the code of a failure, %s', (code) => {
    expect(JSON.parse(logged({ err: Object.assign(new Error('it broke'), { code }), report: { code } }))).toMatchObject({
      err: { code },
      report: { code },
    });
  });

  test('never says the code of a sign-in link', () => {
    const links = Array.from({ length: 200 }, () => newSessionId());
    for (const code of [...links, links[0]?.toLowerCase(), links[0]?.toUpperCase()])
      expect(JSON.parse(logged({ body: { code } }))).toMatchObject({ body: { code: '[redacted]' } });
  });

  test('is one line a fact, whatever the text holds', () => {
    expect(logged({ email: 'a\n{"level":60}' }, 'b\nc').trimEnd().split('\n')).toHaveLength(1);
  });

  test('keeps what an error says and where it came from', () => {
    const line: unknown = JSON.parse(logged({ err: new TypeError('no such thing') }));
    expect(line).toMatchObject({
      msg: 'something happened',
      err: { type: 'TypeError', message: 'no such thing', stack: expect.stringContaining('log.test') },
    });
  });
});
