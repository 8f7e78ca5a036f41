import { expect, test } from 'vitest';
import type { ErrorReport } from '../../../contract/envelope.ts';
import type { SpendState } from '../../../contract/canopy/spend.ts';
import { failureGroups, failureWords, whyNothing } from './failure-groups.ts';

const failed = (code: ErrorReport['code'], status: number, rayId: string): ErrorReport => ({
  code,
  message: 'Cloudflare answered with an error.',
  action: 'Wait.',
  requestId: `usage-${rayId}`,
  upstream: { status, rayId, errors: [{ code: 7003, message: 'Could not route' }] },
});
const failure = (organizationName: string, day: string, error: ErrorReport, attempts = 1) => ({
  organizationId: organizationName,
  organizationName,
  day,
  attempts,
  error,
});
const idle: SpendState['sync'] = {
  status: 'idle',
  waitingFor: null,
  secondsLeft: null,
  done: 0,
  total: 0,
  records: 0,
  startedAt: null,
  finishedAt: null,
};

test('failures with one reason are told once, whatever request they came of', () => {
  const refused = (day: string, ray: string) => failure('South', day, failed('upstream_refused', 403, ray));
  const groups = failureGroups([
    failure('North', '2026-11-20', failed('upstream_failed', 500, 'a'), 2),
    refused('2026-11-21', 'b'),
    refused('2026-11-20', 'c'),
    refused('2026-11-19', 'd'),
  ]);
  expect(groups.map(failureWords)).toEqual([
    '3 days, 19 Nov – 21 Nov 2026, South, tried 1 time',
    '20 Nov 2026, North, tried 2 times',
  ]);
});

test('many organizations are named by the first of them', () => {
  const error = failed('upstream_failed', 500, 'a');
  const names = ['A', 'B', 'C', 'D', 'E'];
  const [group] = failureGroups(names.map((name, index) => failure(name, '2026-11-20', error, index + 1)));
  expect(group && failureWords(group)).toBe('20 Nov 2026, A, B, C and 2 more, tried up to 5 times');
});

test('nothing stored is nothing only where Cloudflare answered so', () => {
  const refusal = failure('North', '2026-11-20', failed('upstream_refused', 403, 'a'));
  const outage = failure('North', '2026-11-20', failed('upstream_failed', 500, 'a'));
  expect(whyNothing({ sync: idle, failures: [] })).toBe('no-record');
  expect(whyNothing({ sync: { ...idle, status: 'paused' }, failures: [] })).toBe('paused');
  expect(whyNothing({ sync: { ...idle, status: 'waiting' }, failures: [] })).toBe('reading');
  expect(whyNothing({ sync: { ...idle, status: 'running' }, failures: [refusal] })).toBe('refused');
  expect(whyNothing({ sync: idle, failures: [refusal, outage] })).toBe('failed');
});
