import { describe, expect, test } from 'vitest';
import { previewRateCard } from '../../contract/canopy/rate-card.ts';
import { importTags } from '../../contract/canopy/tags.ts';
import { createMember, batchCreateMembers } from '../../contract/cloudflare/members.ts';
import { listOrganizations } from '../../contract/cloudflare/organizations.ts';
import { Problem } from '../problem.ts';
import { bodyLimit, requireBody } from './body.ts';
import { requireQuery } from './query.ts';

const json = 'application/json';
function post(body: BodyInit, type = json, headers: Record<string, string> = {}): Request {
  return new Request('http://canopy.example/', { method: 'POST', body, headers: { 'content-type': type, ...headers } });
}
async function codeOf(reading: Promise<unknown>): Promise<string> {
  const error = await reading.then(
    () => null,
    (reason: unknown) => reason,
  );
  return error instanceof Problem ? error.report.code : String(error);
}
const invited = (email: string) => JSON.stringify({ member: { user: { email } } });

describe('the body of a request', () => {
  test('is parsed, checked and made anew', async () => {
    const body = await requireBody(createMember, post(` ${invited(' a@x.example ')} `, 'Application/JSON; charset="UTF-8"'));
    expect(body).toEqual({ member: { user: { email: 'a@x.example' } } });
  });

  test('of a million small objects is refused before it is parsed, as many as a rate card may have are not', async () => {
    const text = `{"card":{"overrides":[${'{},'.repeat(1_390_000)}{}]}}`;
    const began = performance.now();
    expect(await codeOf(requireBody(previewRateCard, post(text)))).toBe('too_large');
    expect(performance.now() - began).toBeLessThan(1000);
    const many = `{"card":{"overrides":[${'1,'.repeat(290_000)}1]}}`;
    expect(await codeOf(requireBody(previewRateCard, post(many)))).toBe('invalid_request');
    // what stands in a text is no value
    const lines = String.raw`{"text":"${String.raw`a,[{\"`.repeat(400_000)}","apply":false}`;
    expect(await requireBody(importTags, post(lines))).toMatchObject({ apply: false });
  });

  test('with an object of hundreds of names is refused before they are looked at', async () => {
    const text = JSON.stringify({ card: Object.fromEntries(Array.from({ length: 201 }, (_, at) => [`k${at}`, 1])) });
    await expect(requireBody(previewRateCard, post(text))).rejects.toMatchObject({
      report: { fields: [{ field: 'body', message: 'must not hold an object of more than 200 fields' }] },
    });
  });

  test('with half a character is refused: the ledger could not show what it sealed', async () => {
    const text = String.raw`{"member":{"user":{"email":"a@x.example","note":"\ud800"}}}`;
    expect(await codeOf(requireBody(createMember, post(text)))).toBe('invalid_request');
    await expect(requireBody(createMember, post(text))).rejects.toMatchObject({
      report: { fields: [{ field: 'body', message: expect.stringContaining('half a character') }] },
    });
    const whole = String.raw`{"member":{"user":{"email":"\ud83d\ude00\\ud800@x.example"}}}`;
    expect(await requireBody(createMember, post(whole))).toEqual({ member: { user: { email: '😀\\ud800@x.example' } } });
  });

  test('with a name twice counts only once', async () => {
    const body = await requireBody(
      createMember,
      post(`{"member":{"user":{"email":"evil@x.example"}},"member":{"user":{"email":"a@x.example"}}}`),
    );
    expect(JSON.stringify(body)).not.toContain('evil');
  });

  test.each([
    ['text/plain', invited('a@x.example')],
    ['application/json; charset=utf-16', invited('a@x.example')],
    ['application/x-www-form-urlencoded', 'a=1'],
    ['application/jsonp', invited('a@x.example')],
  ])('of type %s is refused', async (type, body) => {
    expect(await codeOf(requireBody(createMember, post(body, type)))).toBe('unsupported_media_type');
  });

  test('that is compressed is refused', async () => {
    expect(await codeOf(requireBody(createMember, post('{}', json, { 'content-encoding': 'gzip' })))).toBe(
      'unsupported_media_type',
    );
  });

  test.each([
    ['a byte order mark', `\ufeff${invited('a@x.example')}`],
    ['nothing', ''],
    ['half of it', '{"member":'],
    ['a list', '[]'],
    ['an unknown name', '{"member":{"user":{"email":"a@x.example"}},"admin":true}'],
    ['a poisonous name', '{"member":{"user":{"email":"a@x.example"}},"__proto__":{"role":"administrator"}}'],
    ['a deep poisonous name', '{"member":{"user":{"email":"a@x.example","constructor":{}}}}'],
    ['deep nesting', `${'['.repeat(20_000)}${']'.repeat(20_000)}`],
  ])('with %s is refused', async (_, body) => {
    expect(await codeOf(requireBody(createMember, post(body)))).toBe('invalid_request');
    expect(({} as Record<string, unknown>)['role']).toBeUndefined();
  });

  test('that is not UTF-8 is refused', async () => {
    expect(await codeOf(requireBody(createMember, post(new Uint8Array([0x22, 0xc0, 0xae, 0x22]))))).toBe('invalid_request');
  });

  test('names each wrong field', async () => {
    const members = Array.from({ length: 11 }, () => ({ user: { email: 'a@x.example' } }));
    const failure = requireBody(batchCreateMembers, post(JSON.stringify({ members })));
    await expect(failure).rejects.toMatchObject({
      report: { fields: [{ field: 'members', message: 'must hold at most 10 members' }] },
    });
  });

  test('larger than the limit is refused, said or unsaid', async () => {
    const large = 'x'.repeat(bodyLimit + 1);
    expect(await codeOf(requireBody(createMember, post(large)))).toBe('too_large');
    const stream = new ReadableStream<Uint8Array>({ pull: (controller) => controller.enqueue(new Uint8Array(4096)) });
    const drip = new Request('http://canopy.example/', {
      method: 'POST',
      body: stream,
      duplex: 'half',
      headers: { 'content-type': json },
    } as RequestInit); // Node's own option, unknown to the DOM's types
    expect(await codeOf(requireBody(createMember, drip))).toBe('too_large');
  });

  test('where none is taken is refused', async () => {
    expect(await codeOf(requireBody(listOrganizations, post('{}', json, { 'content-length': '2' })))).toBe('invalid_request');
  });
});

describe('the query of a request', () => {
  const read = (query: string) => requireQuery(listOrganizations, `/api/cloudflare/organizations?${query}`);

  test('is read by the row', () => {
    expect(read('id=a&id=b&name.startsWith=A%20b&page_size=1000')).toEqual({
      id: ['a', 'b'],
      'name.startsWith': 'A b',
      page_size: 1000,
    });
    expect(requireQuery(listOrganizations, '/api/cloudflare/organizations')).toEqual({});
  });

  test.each([
    'page_size=1001',
    'page_size=-1',
    'page_size=1e3',
    'page_size=0x10',
    'page_size=+10',
    'page_size=1&page_size=2',
    'foo=1',
    'name[contains]=x',
    'name=%00',
    'name=%',
    'name=%c0%ae',
    'name=a%0d%0ab',
    '__proto__=1',
    'name=',
  ])('refuses %s', (query) => expect(() => read(query)).toThrow(Problem));
});
