import { hashOf, Random, shareOf } from '../seed/random.ts';
import { regions, type Metric } from './metrics.ts';
import type { UsageAccount } from './plan.ts';
import type { UsageRow } from './row.ts';
import { middleOfMonth } from './stories.ts';

/** A part of a quantity and where it was used. The parts of one metric and day add up to 1. */
export interface Place {
  readonly share: number;
  readonly fields: Pick<UsageRow, 'x_ZoneId' | 'x_ZoneName' | 'RegionId' | 'RegionName' | 'SubAccountId' | 'SubAccountName'>;
}

const zonePrefixes = [
  '',
  'shop-',
  'api-',
  'media-',
  'go-',
  'docs-',
  'status-',
  'labs-',
  'app-',
  'cdn-',
  'news-',
  'my-',
  'join-',
  'eu-',
  'beta-',
];

interface Zone {
  readonly id: string;
  /** Null for a zone that was deleted. */
  readonly name: string | null;
}

/** The zone that changes hands: given by one account and taken by another. */
const wanderingZone: Zone = { id: '20ade000000000000000000000000015', name: 'harvest-festival.example' };

/** The zones, regions and subscriptions of one account. */
export class Places {
  readonly #account: UsageAccount;
  readonly #key: number;
  readonly #seedDay: number;
  readonly #zones: readonly Zone[];
  readonly #subscription: Place['fields'];

  constructor(account: UsageAccount, key: number, seedDay: number) {
    this.#account = account;
    this.#key = key;
    this.#seedDay = seedDay;
    this.#zones = zonesOf(account);
    this.#subscription = subscriptionOf(account, key);
  }

  of(metric: Metric, metricKey: number, day: number, byZone: boolean): readonly Place[] {
    const fields = this.#subscription;
    const places = metric.scope === 'zone' ? this.#zonePlaces(metricKey, day, byZone) : this.#regionPlaces(metric);
    const here =
      places.length === 0
        ? [{ share: 1, fields }]
        : places.map(({ share, fields: own }) => ({ share, fields: { ...fields, ...own } }));
    return this.#account.plan.stories.includes('two-subscriptions') ? here.flatMap((place) => this.#twice(place)) : here;
  }

  /** The first zone has most, the next about half of that, and so on; a little different every day. */
  #zonePlaces(metricKey: number, day: number, byZone: boolean): Place[] {
    const zones = this.#zonesOn(day, byZone);
    const weights = zones.map((_, index) => (0.8 + 0.4 * shareOf(metricKey, day, index)) / (index + 1));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    return zones.map((zone, index) => ({
      share: (weights[index] ?? 0) / total,
      fields: { x_ZoneId: zone.id, x_ZoneName: zone.name },
    }));
  }

  /** Upstream tells zones for some accounts only; of the others every zone when that is asked for. */
  #zonesOn(day: number, byZone: boolean): readonly Zone[] {
    const { stories } = this.#account.plan;
    const moved = day >= middleOfMonth(this.#seedDay);
    if (stories.includes('zone-given')) return moved ? this.#zones : [wanderingZone, ...this.#zones];
    if (stories.includes('zone-taken')) return moved ? [wanderingZone, ...this.#zones] : this.#zones;
    if (stories.includes('zone-deleted')) {
      return this.#zones.map((zone, index) => (index === 0 && day >= this.#seedDay - 5 ? { ...zone, name: null } : zone));
    }
    if (byZone) return this.#zones;
    return shareOf(this.#key, 'zones') < 0.15 ? this.#zones.slice(0, 3) : [];
  }

  /** R2 and D1 are used in a region; most accounts are not told which. */
  #regionPlaces(metric: Metric): Place[] {
    if ((metric.familyId !== 'r2' && metric.familyId !== 'd1') || shareOf(this.#key, 'regional') > 0.3) return [];
    const start = hashOf(this.#key, 'region');
    const shares = shareOf(this.#key, metric.familyId, 'regions') < 0.3 ? [0.7, 0.3] : [1];
    return shares.map((share, index) => {
      const region = regions[(start + index) % regions.length];
      return { share, fields: { RegionId: region?.id ?? null, RegionName: region?.name ?? null } };
    });
  }

  #twice(place: Place): Place[] {
    const second = subscription(this.#key, 'second', 'Expansion contract');
    return [
      { ...place, share: place.share * 0.6 },
      { share: place.share * 0.4, fields: { ...place.fields, ...second } },
    ];
  }
}

function zonesOf(account: UsageAccount): readonly Zone[] {
  const word =
    account.name
      .normalize('NFD')
      .replace(/[^\w\s]/g, '')
      .toLowerCase()
      .trim()
      .replace(/\s+/g, '-') || 'site';
  return Array.from({ length: account.plan.zones }, (_, index) => {
    const round = Math.floor(index / zonePrefixes.length);
    return {
      id: new Random('zone', account.id, index).hex(32),
      name: `${zonePrefixes[index % zonePrefixes.length] ?? ''}${word}${round === 0 ? '' : String(round + 1)}.example`,
    };
  });
}

function subscriptionOf(account: UsageAccount, key: number): Place['fields'] {
  if (account.type === 'enterprise' || account.plan.stories.includes('two-subscriptions'))
    return subscription(key, 'contract', 'Enterprise contract');
  return shareOf(key, 'paid') < 0.6 ? subscription(key, 'workers', 'Workers Paid') : {};
}

function subscription(key: number, kind: string, name: string): Place['fields'] {
  return { SubAccountId: new Random('subscription', key, kind).uuid(), SubAccountName: name };
}
