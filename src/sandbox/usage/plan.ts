/** Things that happen in the usage of chosen accounts, so that every case a reader must survive can be seen. */
export const storyNames = [
  /** Durable Objects duration x40 from the ninth day before the seed day. */
  'durable-objects-runaway',
  /** R2 class A operations x25 on one day. */
  'r2-list-loop',
  /** Workers AI over its daily allowance on weekdays only. */
  'neurons-on-weekdays',
  /** Cache Reserve is filled in one week and read from then on. */
  'cache-reserve-warm-up',
  /** Another account name up to the middle of a month. */
  'renamed',
  /** A zone leaves this account on the fifteenth. */
  'zone-given',
  /** The zone arrives here. */
  'zone-taken',
  /** A zone was deleted: its id stays, its name is null. */
  'zone-deleted',
  /** One day is missing altogether. */
  'missing-day',
  /** Negative costs for charges of the month before. */
  'corrections',
  /** A metric that no catalogue knows. */
  'unknown-metric',
  /** Two subscriptions: the same metric, day and zone twice. */
  'two-subscriptions',
  /** Very large and very small quantities, zero, and a negative one. */
  'extremes',
] as const;
export type StoryName = (typeof storyNames)[number];

/** What one account uses, kept with the account. Everything else follows from it, the account id and the day. */
export interface UsagePlan {
  /** `idle` uses nothing; `dormant` little of little; `media` mostly video and images. */
  readonly kind: 'idle' | 'dormant' | 'general' | 'media';
  /** Where it stands between the magnitudes of the catalogue: 0 a startup, 1 growing, 2 an enterprise. */
  readonly size: number;
  readonly zones: number;
  /** The day of the month its billing cycle starts. */
  readonly cycleDay: number;
  readonly currency: 'USD' | 'EUR' | 'GBP';
  /** The first UTC day whose records carry costs (days since 1970); null where none do, as upstream is today. */
  readonly costsFrom: number | null;
  readonly stories: readonly StoryName[];
}

export interface UsageAccount {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  /** Milliseconds. */
  readonly created: number;
  readonly plan: UsagePlan;
}
