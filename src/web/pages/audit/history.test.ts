import { describe, expect, it } from 'vitest';
import { commonFields, historyAround, historyBefore, stateAfter } from './history.ts';

describe('states of a resource', () => {
  it('are what was answered, or asked for; secrets are masked and JSON in texts is unfolded', () => {
    expect(stateAfter({ id: 'e', resource: { request: { a: 1 }, response: { b: '{"city":"Abilene"}' } } })).toEqual({
      b: { city: 'Abilene' },
    });
    expect(stateAfter({ id: 'e', resource: { request: { api_token: 'abc', note: '{not json' }, response: null } })).toEqual({
      api_token: '••••••••',
      note: '{not json',
    });
  });

  it('are compared in the fields that both have', () => {
    expect(commonFields({ a: 1, b: 2 }, { b: 3, c: 4 })).toEqual({ before: { b: 2 }, after: { b: 3 } });
    expect(commonFields({ a: 1 }, { c: 4 })).toBeNull();
    expect(commonFields('text', { c: 4 })).toBeNull();
  });

  it('are asked for around the time of an event that has one', () => {
    expect(historyAround({ id: 'e', action: { time: '2026-11-22T13:58:04Z' } }, 2)).toMatchObject({
      since: '2026-11-20T13:58:04.000Z',
      before: '2026-11-24T13:58:04.000Z',
    });
    expect(historyAround({ id: 'e', action: { time: 'soon' } })).toBeNull();
    expect(historyBefore({ id: 'e', action: { time: '2026-11-22T13:58:04Z' } })?.before).toBe('2026-11-22T13:58:05.000Z');
  });
});
