import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pathOf } from '../../contract/endpoint.ts';
import type { Endpoint } from '../../contract/endpoint.ts';
import { cloudflareEndpoints } from '../../contract/endpoints.ts';
import { RouteTable } from './routes.ts';

const organizationId = 'a7b9c3d2e1f0a7b9c3d2e1f0a7b9g1h5';
const table = new RouteTable<string>();
for (const row of Object.values<Endpoint>(cloudflareEndpoints)) table.mount('/api/cloudflare', row, row.name);

const find = (method: string, path: string) => table.find(method, `/api/cloudflare${path}`);

describe('the route table', () => {
  test('finds every row by the path it would build', () => {
    const params = { organizationId, accountId: 'a'.repeat(32), memberId: 'm_1', eventId: 'e-1' };
    for (const row of Object.values<Endpoint>(cloudflareEndpoints)) {
      const found = find(row.method, pathOf(row, params));
      expect(found.kind === 'found' && found.match.route, row.name).toBe(row.name);
    }
  });

  test('reads members:batchCreate only as itself', () => {
    const members = `/organizations/${organizationId}/members`;
    expect(find('POST', `${members}:batchCreate`)).toMatchObject({ kind: 'found', match: { route: 'batchCreateMembers' } });
    for (const path of [
      `${members}:batchDelete`,
      `${members}:batchCreate/`,
      `${members}%3AbatchCreate`,
      `/organizations/${organizationId}/Members:BatchCreate`,
    ])
      expect(find('POST', path).kind, path).toBe('unknown');
    expect(find('POST', `${members}/:batchCreate`).kind).toBe('wrong-method');
    expect(find('GET', `${members}/:batchCreate`).kind).toBe('wrong-capture');
  });

  test.each([
    '../x',
    organizationId.slice(1),
    `${organizationId}a`,
    organizationId.toUpperCase(),
    `${organizationId.slice(1)}а`,
    `${organizationId.slice(1)}\n`,
  ])('refuses the id %j', (id) => expect(find('GET', `/organizations/${id}`).kind).not.toBe('found'));

  test('names the methods of a path that has others', () => {
    expect(find('PATCH', '/organizations')).toEqual({ kind: 'wrong-method', allowed: ['GET', 'POST'] });
    expect(find('HEAD', '/organizations').kind).toBe('wrong-method');
  });

  test('a path that is found is the path that its captures build', () => {
    const rows = new Map(Object.values<Endpoint>(cloudflareEndpoints).map((row) => [row.name, row]));
    const word = fc.oneof(
      fc.constantFrom('organizations', 'accounts', 'members', 'profile', organizationId, 'a'.repeat(32), '..', ''),
      fc.string({ maxLength: 40 }),
    );
    fc.assert(
      fc.property(fc.constantFrom('GET', 'POST', 'PUT', 'DELETE'), fc.array(word, { maxLength: 6 }), (method, words) => {
        const path = `/${words.join('/')}`;
        const found = find(method, path);
        if (found.kind !== 'found') return;
        const row = rows.get(found.match.route);
        expect(row && pathOf(row, found.match.params)).toBe(path);
      }),
      { numRuns: 2000 },
    );
  });

  test('refuses to mount two rows at one place', () => {
    expect(() => table.mount('/api/cloudflare', cloudflareEndpoints.getProfile, 'again')).toThrow(/another row/);
  });
});
