import { describe, expect, it } from 'vitest';
import { FaultRegister, matches } from './register.ts';
import type { Fault } from './rules.ts';

const fault: Fault = { kind: 'denied' };

describe('matches', () => {
  it.each([
    [{}, true],
    [{ method: 'get' }, true],
    [{ method: 'POST' }, false],
    [{ path: '/organizations/abc/members' }, true],
    [{ path: '/client/v4/organizations/abc/members' }, true],
    [{ path: '/organizations' }, false],
    [{ path: '/organizations*' }, true],
    [{ path: '*/members' }, true],
    [{ path: '/organizations/*/members' }, true],
    [{ path: '/organizations/*/profile' }, false],
    [{ path: '*members*' }, true],
    [{ path: '*/members/*' }, false],
    [{ path: '*a*b*c*' }, true],
    [{ organizationId: 'abc' }, true],
    [{ organizationId: 'ab' }, false],
  ])('%j: %s', (match, expected) => {
    expect(matches(match, 'GET', '/organizations/abc/members')).toBe(expected);
  });

  it('does not let one text serve two parts of a pattern', () => {
    expect(matches({ path: '/ab*b' }, 'GET', '/ab')).toBe(false);
  });
});

describe('FaultRegister', () => {
  it('lets some pass, strikes so many times, and counts both', () => {
    const register = new FaultRegister();
    register.add({ id: 'one', times: 2, after: 1, fault });
    const struck = Array.from({ length: 5 }, () => register.strike('GET', '/organizations')?.earlier ?? null);
    expect(struck).toEqual([null, 0, 1, null, null]);
    expect(register.list()).toMatchObject([{ id: 'one', seen: 3, hits: 2 }]);
  });

  it('strikes for ever with null, the oldest rule first', () => {
    const register = new FaultRegister();
    register.add({ id: 'first', times: 1, fault });
    register.add({ id: 'second', times: null, fault });
    const struck = Array.from({ length: 4 }, () => register.strike('GET', '/x')?.ruleId);
    expect(struck).toEqual(['first', 'second', 'second', 'second']);
  });

  it('names rules that have no name, replaces by name, removes and clears', () => {
    const register = new FaultRegister();
    expect(register.add({ times: 1, fault }).id).not.toBe(register.add({ times: 1, fault }).id);
    register.add({ id: 'same', times: 1, fault });
    register.strike('GET', '/x');
    register.add({ id: 'same', times: 5, fault });
    expect(register.list().filter(({ id }) => id === 'same')).toMatchObject([{ times: 5, hits: 0 }]);
    expect(register.remove('same')).toBe(true);
    expect(register.remove('same')).toBe(false);
    register.clear();
    expect(register.list()).toEqual([]);
    expect(register.strike('GET', '/x')).toBeNull();
  });
});
