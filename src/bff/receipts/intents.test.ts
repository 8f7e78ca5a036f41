import { describe, expect, it } from 'vitest';
import { Problem } from '../problem.ts';
import { ManualClock, settle } from '../upstream/testing.ts';
import { keepAnswer, keepProblem, outcomeUnknown } from './answers.ts';
import type { Answer } from './answers.ts';
import { Intents } from './intents.ts';
import type { KnownIntent } from './ledger.ts';
import type { StoredReceipt } from './record.ts';

const answer: Answer = { result: { id: 'x' }, info: null, status: 200, rayId: 'abc', duration: 1, asOf: '', receiptId: 'r1' };
const key = { personId: 'p', key: 'k', fingerprint: 'f' };
const other = { ...key, fingerprint: 'g' };
const receipt = { id: 'r1' } as StoredReceipt; // only its id matters here
const never = () => Promise.reject(new Error('must not run'));
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'answered',
    (error: unknown) => (error instanceof Problem ? error.report.code : String(error)),
  );

const intentsOn = (known: KnownIntent | null) => {
  const clock = new ManualClock();
  return { clock, intents: new Intents({ find: async () => known }, clock) };
};

describe('intents', () => {
  it('run once however often they come at the same time', async () => {
    const { intents } = intentsOn(null);
    let runs = 0;
    let finish: (value: Answer) => void = () => undefined;
    const first = () => {
      runs += 1;
      return new Promise<Answer>((resolve) => (finish = resolve));
    };
    const all = Promise.all([1, 2, 3].map(() => intents.once(key, first, never)));
    expect(await codeOf(intents.once(other, never, never))).toBe('idempotency_conflict');
    await settle();
    finish(answer);
    expect(await all).toEqual([answer, answer, answer]);
    expect(runs).toBe(1);
  });

  it('let a repetition wait half a minute, then say that the first is under way', async () => {
    const { intents, clock } = intentsOn(null);
    void intents.once(key, () => new Promise(() => undefined), never);
    const second = codeOf(intents.once(key, never, never));
    await clock.advance(30_000);
    expect(await second).toBe('in_progress');
  });

  it('share a failure too', async () => {
    const { intents } = intentsOn(null);
    const fail = async () => {
      await settle();
      throw new Problem({ code: 'upstream_conflict', message: '', action: '' });
    };
    const both = [intents.once(key, fail, never), intents.once(key, fail, never)];
    expect(await Promise.all(both.map(codeOf))).toEqual(['upstream_conflict', 'upstream_conflict']);
  });

  it('repeat a kept answer and a kept failure word for word', async () => {
    const kept = { fingerprint: 'f', receipt, answer: keepAnswer(answer) };
    expect(await intentsOn(kept).intents.once(key, never, never)).toEqual(answer);
    const unknown = { ...kept, answer: keepProblem(outcomeUnknown('r1', null)) };
    expect(await codeOf(intentsOn(unknown).intents.once(key, never, never))).toBe('outcome_unknown');
    expect(await codeOf(intentsOn(kept).intents.once(other, never, never))).toBe('idempotency_conflict');
  });

  it('are looked after, not sent again, where their end is open', async () => {
    const open = { fingerprint: 'f', receipt, answer: null };
    expect(await intentsOn(open).intents.once(key, never, async ({ id }) => ({ ...answer, receiptId: id }))).toEqual(answer);
  });
});
