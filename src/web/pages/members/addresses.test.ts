import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Member } from '../../../contract/cloudflare/members.ts';
import { batchesOf, otherWords, readAddresses } from './addresses.ts';

const member = (email: string, status: string): Member => ({
  id: email,
  create_time: '2026-10-30T09:00:00Z',
  status,
  user: { email },
});
const read = (text: string, members: Member[] = []) =>
  readAddresses(text, members).map(({ address, verdict }) => [address, verdict.kind]);

describe('pasted addresses', () => {
  it('come from any separators, display names and CSV', () => {
    expect(
      read(
        'p.dunmore@brightwater.example;\ns.ikande@brightwater.example, "Feld, Hanna" <h.feld@brightwater.example>\tname,a@b.example,2026-01-01',
      ),
    ).toEqual([
      ['p.dunmore@brightwater.example', 'invite'],
      ['s.ikande@brightwater.example', 'invite'],
      ['h.feld@brightwater.example', 'invite'],
      ['a@b.example', 'invite'],
    ]);
  });

  it('stand once, in lower case', () => {
    expect(read('Ana@Team.example ana@team.example mailto:ANA@team.example (ana@team.example).')).toEqual([
      ['ana@team.example', 'invite'],
    ]);
  });

  it('say what is already there', () => {
    const members = [member('on@x.example', 'active'), member('wait@x.example', 'pending'), member('no@x.example', 'rejected')];
    expect(readAddresses('on@x.example wait@x.example no@x.example', members)).toEqual([
      { address: 'on@x.example', verdict: { kind: 'already-active' }, rejectedBefore: false },
      { address: 'wait@x.example', verdict: { kind: 'already-pending', since: '2026-10-30T09:00:00Z' }, rejectedBefore: false },
      { address: 'no@x.example', verdict: { kind: 'invite' }, rejectedBefore: true },
    ]);
  });

  it('that are none are kept and named', () => {
    expect(read('m.tanner(at)brightwater a@@b.example ok@b.example x@nodot')).toEqual([
      ['m.tanner(at)brightwater', 'not-an-address'],
      ['a@@b.example', 'not-an-address'],
      ['ok@b.example', 'invite'],
      ['x@nodot', 'not-an-address'],
    ]);
  });

  it('leave words that nobody takes for one, and those are counted', () => {
    expect(read('ana@b.example, ben; carl')).toEqual([['ana@b.example', 'invite']]);
    expect(otherWords('ana@b.example, ben; carl')).toBe(2);
    expect(otherWords('"Feld, Hanna" <h.feld@b.example>;\n(ana@b.example).\n')).toBe(0);
  });

  it('are all found, however they are separated', () => {
    const address = fc.stringMatching(/^[a-z]{1,8}@[a-z]{1,8}\.example$/);
    const separator = fc.constantFrom(', ', ';', '\n', '\t', ' | ', '\r\n', ',"', ' <');
    fc.assert(
      fc.property(
        fc.uniqueArray(address, { minLength: 1, maxLength: 30 }),
        fc.array(separator, { minLength: 30, maxLength: 30 }),
        (addresses, separators) => {
          const text = addresses.map((one, index) => one + (separators[index] ?? ' ')).join('');
          expect(readAddresses(text, []).map(({ address }) => address)).toEqual(addresses);
        },
      ),
    );
  });
});

describe('batches', () => {
  it('hold at most the size, and everything', () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { maxLength: 60 }), (rows) => {
        const batches = batchesOf(rows, 10);
        expect(batches.flat()).toEqual(rows);
        expect(batches.every(({ length }) => length > 0 && length <= 10)).toBe(true);
      }),
    );
  });
});
