import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { chooseEncoding, edgeError, throughEdge } from './edge.ts';
import { streamOf } from './envelope.ts';

const ray = '8e8dd2156ef28414';

describe('throughEdge', () => {
  it('adds what Cloudflare adds, and the mark that it is not Cloudflare', async () => {
    const response = await throughEdge(new Response('{}'), ray, null);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'cf-ray': `${ray}-SBX`,
      'cf-cache-status': 'DYNAMIC',
      server: 'cloudflare',
      'cache-control': 'no-store',
      'set-cookie': expect.stringMatching(/^__cf_bm=.*HttpOnly; Secure/),
      'x-sandbox': '1',
    });
  });

  it.each([
    ['gzip', gunzipSync],
    ['br', brotliDecompressSync],
  ] as const)('packs %s, small and large', async (encoding, unpack) => {
    for (const text of ['{"a":1}', 'x'.repeat(700_000)]) {
      const response = await throughEdge(new Response(text), ray, encoding);
      expect(response.headers.get('content-encoding')).toBe(encoding);
      expect(unpack(Buffer.from(await response.arrayBuffer())).toString()).toBe(text);
    }
  });

  it('stops making a body that nobody reads any more', async () => {
    let stopped = false;
    const parts = async function* () {
      try {
        for (;;) yield Buffer.from('0123456789abcdef'.repeat(4096));
      } finally {
        stopped = true;
      }
    };
    const response = await throughEdge(new Response(streamOf(parts())), ray, 'gzip');
    await response.body?.getReader().cancel();
    await expect.poll(() => stopped).toBe(true);
  });

  it('leaves an answer without a body alone', async () => {
    const response = await throughEdge(new Response(null, { status: 204 }), ray, 'gzip, br');
    expect(response.body).toBeNull();
    expect(response.headers.has('content-encoding')).toBe(false);
    expect(response.headers.has('content-type')).toBe(false);
  });
});

describe('chooseEncoding', () => {
  it.each([
    [null, null],
    ['identity', null],
    ['gzip, deflate', 'gzip'],
    ['gzip, br', 'br'],
    ['gzip, br;q=0', 'gzip'],
    ['gzip;q=0.0', null],
  ])('%s is answered with %s', (asked, expected) => {
    expect(chooseEncoding(asked)).toBe(expected);
  });
});

describe('edgeError', () => {
  it('is a page for those who take anything', async () => {
    const response = edgeError(502, '*/*', ray, 'by_accept');
    expect(response.headers.get('content-type')).toMatch(/^text\/html/);
    expect(await response.text()).toContain(ray);
    expect(response.headers.get('retry-after')).toBe('30');
  });

  it('is RFC 9457 for those who take JSON', async () => {
    const response = edgeError(526, 'application/json', ray, 'by_accept');
    expect(await response.json()).toMatchObject({ status: 526, ray_id: ray, retryable: false, cloudflare_error: true });
    expect(response.headers.has('retry-after')).toBe(false);
    expect(edgeError(502, 'application/problem+json', ray, 'by_accept').headers.get('content-type')).toBe(
      'application/problem+json',
    );
  });
});
