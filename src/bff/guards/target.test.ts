import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { targetLimit, targetProblem } from './target.ts';

describe('the request target', () => {
  test.each([
    '/',
    '/o/a7b9c0/accounts',
    '/api/cloudflare/organizations/x/members:batchCreate',
    '/assets/index-Bx_9.js',
    '/api/x?name=a%2Fb&x=%E2%82%AC',
  ])('lets %s pass', (target) => expect(targetProblem(target)).toBeNull());

  test.each([
    '',
    '*',
    'http://evil.example/',
    '//evil.example/',
    '/\\evil.example/',
    '/api/cloudflare/organizations/%2e%2e/user/tokens',
    '/api/../user',
    '/api/./user',
    '/api/..',
    '/.%2E/',
    '/..;/',
    '/a%252e',
    '/a%2fb',
    '/a%5cb',
    '/a\\b',
    '/a%00',
    '/a%23',
    '/a#b',
    '/a?x=1#b',
    '/a;x=1',
    '/a//b',
    '/a%0d%0aX-Auth:',
    '/%c0%ae%c0%ae/',
    '/a%3Fb',
    '/o rg',
    '/\u00e9',
    `/${'a'.repeat(targetLimit)}`,
  ])('refuses %s', (target) => expect(targetProblem(target)).not.toBeNull());

  test('whatever passes means the same to every parser of URLs', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('/', '.', '%', '2', 'e', 'f', ':', '\\', '?', 'a', ';', '#', ' '), maxLength: 30 }),
        (tail) => {
          const target = `/${tail}`;
          if (targetProblem(target) !== null) return;
          const url = new URL(target, 'http://canopy.example');
          expect(url.host).toBe('canopy.example');
          expect(url.pathname).toBe(target.split('?', 1)[0]);
        },
      ),
    );
  });
});
