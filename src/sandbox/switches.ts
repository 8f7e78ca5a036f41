import * as z from 'zod/mini';

/** How the sandbox behaves where upstream is unknown, changing or slow. Set with `POST /options`. */
export const Switches = z.strictObject({
  /** Audit lists answer `result_info.cursor` only, as documented; otherwise `cursors.after` as well, as the SDK reads it. */
  documentedCursorsOnly: z.boolean(),
  /** Eventual consistency: how long new organizations, members and moves stay unseen by reads. Upstream: about 30,000. */
  lagMilliseconds: z.number().check(z.int(), z.minimum(0), z.maximum(600_000)),
  /** API tokens are taken on every route. */
  lenientAuth: z.boolean(),
  /** 1,200 requests in 300 seconds, then nothing for 300 seconds. Switching it off forgets all use. */
  rateLimit: z.boolean(),
  /** A batch with a bad row: nothing is written, or the good rows are written and the answer is a failure that names the others. */
  batch: z.enum(['all_or_nothing', 'partial']),
  /** A PUT of an organization without `profile` clears the profile, as third parties report, or keeps it. */
  organizationPutWithoutProfile: z.enum(['clears', 'keeps']),
  /** A day that is told otherwise than before: every quantity on it is doubled; null for none. Upstream corrects days for a while. */
  restatedDay: z.nullable(z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/, 'must be a date, YYYY-MM-DD'))),
});
export type Switches = z.infer<typeof Switches>;

export const defaultSwitches: Switches = {
  documentedCursorsOnly: false,
  lagMilliseconds: 0,
  lenientAuth: false,
  rateLimit: true,
  batch: 'all_or_nothing',
  organizationPutWithoutProfile: 'clears',
  restatedDay: null,
};

/** What `POST /options` takes: any of them. */
export const SwitchChange = z.partial(Switches);
export type SwitchChange = z.infer<typeof SwitchChange>;

export const changed = (current: Switches, change: SwitchChange): Switches => Switches.parse({ ...current, ...change });
