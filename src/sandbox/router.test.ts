import { describe, expect, it } from 'vitest';
import { pathOf } from '../contract/endpoint.ts';
import { type CloudflareEndpointName, cloudflareEndpoints } from '../contract/endpoints.ts';
import { routeOf } from './router.ts';

const id = 'a7b9c3d2e8f4g1h5i6j0k9l2m3n7o4p8';

describe('routeOf', () => {
  it('finds every row of the contract by the path the client builds', () => {
    for (const name of Object.keys(cloudflareEndpoints) as CloudflareEndpointName[]) {
      const row = cloudflareEndpoints[name];
      const params = { organizationId: id, accountId: id, memberId: 'm-1', eventId: 'e-1' };
      expect(routeOf(row.method, pathOf(row, params))).toMatchObject({ kind: 'row', name });
    }
  });

  it('decodes each capture by itself', () => {
    expect(routeOf('GET', `/organizations/${id}/members/a%3Ab%2Fc`)).toMatchObject({
      name: 'getMember',
      params: { organizationId: id, memberId: 'a:b/c' },
    });
    expect(routeOf('POST', `/organizations/${id}/members%3AbatchCreate`)).toMatchObject({ name: 'batchCreateMembers' });
  });

  it.each([
    '/organization',
    '/organizations/',
    `/organizations/${id}/`,
    `//organizations`,
    `/organizations/${id}/%ff`,
    '',
    '/Organizations',
  ])('does not know %s', (path) => {
    expect(routeOf('GET', path).kind).toBe('none');
  });

  it('tells a wrong method from a wrong path', () => {
    expect(routeOf('PATCH', '/organizations').kind).toBe('wrong_method');
    expect(routeOf('HEAD', `/organizations/${id}`).kind).toBe('wrong_method');
    expect(routeOf('GET', `/organizations/${id}/members:batchCreate`).kind).toBe('wrong_method');
  });
});
