import { describe, expect, it } from 'vitest';
import type { UpstreamMessage } from '../../contract/envelope.ts';
import { classify } from './classify.ts';

const failureOf = (status: number, ...errors: UpstreamMessage[]) =>
  classify({ status, errors, rayId: '9abcdef012345678-FRA', retryAfter: 42_000 });

describe('what a refusal means', () => {
  it.each([
    // status, code, report code, what a read may do, what a write may have done
    [429, 10100, 'upstream_throttled', 'throttle', 'nothing'],
    [429, undefined, 'upstream_throttled', 'throttle', 'nothing'],
    [200, 971, 'upstream_throttled', 'throttle', 'nothing'],
    [403, 971, 'upstream_throttled', 'throttle', 'nothing'],
    [302, undefined, 'upstream_redirect', 'no', 'nothing'],
    [403, 10000, 'upstream_refused', 'blip', 'nothing'],
    [401, 10000, 'upstream_auth', 'blip', 'nothing'],
    [401, undefined, 'upstream_auth', 'no', 'nothing'],
    [403, 9109, 'upstream_auth', 'no', 'nothing'],
    [400, 6003, 'upstream_auth', 'no', 'nothing'],
    [400, 9106, 'upstream_auth', 'no', 'nothing'],
    [403, 9300, 'upstream_auth', 'no', 'nothing'],
    [403, 1002, 'upstream_refused', 'no', 'nothing'],
    [403, undefined, 'upstream_refused', 'no', 'nothing'],
    [404, undefined, 'upstream_not_found', 'no', 'nothing'],
    [400, 7003, 'upstream_not_found', 'no', 'nothing'],
    [403, 1003, 'upstream_refused', 'no', 'nothing'],
    [400, 7000, 'upstream_unexpected', 'no', 'nothing'],
    [405, 10405, 'upstream_unexpected', 'no', 'nothing'],
    [409, 1001, 'upstream_conflict', 'no', 'nothing'],
    [400, 1001, 'upstream_invalid', 'no', 'nothing'],
    [422, undefined, 'upstream_invalid', 'no', 'nothing'],
    [418, undefined, 'upstream_invalid', 'no', 'nothing'],
    [200, 1000, 'upstream_refused', 'no', 'nothing'],
    [408, undefined, 'upstream_timeout', 'soon', 'unknown'],
    [500, 10001, 'upstream_failed', 'soon', 'unknown'],
    [502, undefined, 'upstream_failed', 'soon', 'unknown'],
    [524, undefined, 'upstream_failed', 'soon', 'unknown'],
    [525, undefined, 'upstream_failed', 'no', 'unknown'],
    [501, undefined, 'upstream_failed', 'no', 'unknown'],
  ])('%d with %s is %s', (status, code, expected, retry, changed) => {
    const failure = failureOf(status, code === undefined ? { message: 'words' } : { code, message: 'words' });
    expect(failure.report.code).toBe(expected);
    expect(failure).toMatchObject({ retry, changed });
  });

  it('goes by the words where the code is used for two things', () => {
    expect(failureOf(403, { code: 10001, message: 'Unable to authenticate request' }).report.code).toBe('upstream_auth');
    expect(failureOf(403, { code: 10001, message: 'Method not allowed for token' }).report.code).toBe('upstream_refused');
    expect(failureOf(400, { code: 1000, message: 'Invalid API Token' }).report.code).toBe('upstream_auth');
  });

  it('takes an account that is not there for that, though Cloudflare names the route as well', () => {
    const errors = [
      { code: 7003, message: 'Could not route to /accounts/x/move, perhaps your object identifier is invalid?' },
      { code: 7000, message: 'No route for that URI' },
    ];
    const { report } = classify({ status: 404, errors, rayId: null, retryAfter: 0 });
    expect(report.code).toBe('upstream_not_found');
  });

  it('never answers the browser with 401', () => {
    expect(failureOf(401, { code: 10000, message: 'Authentication error' }).status).toBe(502);
  });

  it('carries code, message and Ray ID word for word, and names fields', () => {
    const error = { code: 1001, message: 'is already a member', source: { pointer: '/members/3/user/email' } };
    expect(failureOf(400, error).report).toMatchObject({
      upstream: { status: 400, rayId: '9abcdef012345678-FRA', errors: [error] },
      fields: [{ field: 'members.3.user.email', message: 'is already a member' }],
    });
  });

  it('says how long a throttle lasts', () => {
    expect(failureOf(429).report).toMatchObject({
      retryAfterSeconds: 42,
      action: expect.stringContaining('42 seconds') as string,
    });
    expect(failureOf(500).report.retryAfterSeconds).toBeUndefined();
  });
});
