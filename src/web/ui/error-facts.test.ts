import { describe, expect, it } from 'vitest';
import type { ErrorReport } from '../../contract/envelope.ts';
import { errorDetails, errorLine, upstreamLine } from './error-facts.ts';

const report: ErrorReport = {
  code: 'upstream_refused',
  message: 'Cloudflare refused this.',
  action: 'Ask for access.',
  requestId: 'cnp_1',
  upstream: { status: 403, rayId: '9a41-AMS', errors: [{ code: 10000, message: 'Authentication error' }] },
};

describe('what upstream said', () => {
  it('is code and message, as sent', () => expect(upstreamLine(report)).toBe('403 · 10000 Authentication error'));

  it('may lack any part', () => {
    const said = (errors: NonNullable<ErrorReport['upstream']>['errors'], status: number | null) =>
      upstreamLine({ ...report, upstream: { status, rayId: null, errors } });
    expect(said([{ message: 'no code' }], 400)).toBe('400 · no code');
    expect(said([], 502)).toBe('502');
    expect(said([], null)).toBeNull();
    expect(upstreamLine({ code: 'internal', message: '', action: '', requestId: 'x' })).toBeNull();
  });

  it('cannot turn the sentence around', () => {
    const turned = { ...report, upstream: { status: null, rayId: null, errors: [{ message: 'ok\u202Eon' }] } };
    expect(upstreamLine(turned)).toBe('ok⟨U+202E⟩on');
  });
});

describe('the line of a failure', () => {
  const said = (errors: NonNullable<ErrorReport['upstream']>['errors'], change: Partial<ErrorReport> = {}) =>
    errorLine({ ...report, ...change, upstream: { status: 502, rayId: null, errors } }, 'The name was not changed');

  it('gives what upstream said as the reason, and else our own sentence', () => {
    expect(said([{ code: 1000, message: 'internal error' }])).toBe('The name was not changed: 502 · 1000 internal error');
    expect(said([{ code: 1000 }])).toBe('The name was not changed: 502 · 1000');
    expect(said([])).toBe('The name was not changed: Cloudflare refused this.');
    const { upstream: _, ...own } = report;
    expect(errorLine(own, 'The name was not changed')).toBe('The name was not changed: Cloudflare refused this.');
    expect(errorLine(own)).toBe('Cloudflare refused this.');
    expect(errorLine(own, 'Cloudflare refused this. Ask for access.')).toBe('Cloudflare refused this. Ask for access.');
  });

  it('says of an unknown outcome only that it is unknown', () => {
    const unknown = { code: 'outcome_unknown', message: 'It may have been made.' } as const;
    expect(said([], unknown)).toBe('It may have been made.');
    expect(said([{ message: 'internal error' }], unknown)).toBe('It may have been made. Cloudflare: 502 · internal error');
  });
});

it('details carry everything a person needs to report it', () => {
  expect(errorDetails(report, 'Members could not be read').split('\n')).toEqual([
    'Members could not be read',
    'Cloudflare refused this.',
    'Code: upstream_refused',
    'Cloudflare: 403 · 10000 Authentication error',
    'Request ID: cnp_1',
    'Ray ID: 9a41-AMS',
  ]);
});
