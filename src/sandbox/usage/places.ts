import { hashOf, Random, shareOf } from '../seed/random.ts';
import { regions, type Metric } from './metrics.ts';
import type { UsageAccount } from './plan.ts';
import { fieldsText, type RowFields } from './row.ts';
import { middleOfMonth } from './stories.ts';

/** A part of a quantity and where it was used. The parts of one metric and day add up to 1. */
export interface Place {
  readonly share: number;
  /** Its fields of a row. */
  readonly text: string;
}

interface Spot {
  readonly share: number;
  readonly fields: RowFields;
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
  readonly #toldZones: readonly Zone[];
  readonly #subscription: RowFields;
  readonly #anywhere: readonly Place[];
  readonly #inR2: readonly Place[];
  readonly #inD1: readonly Place[];

  constructor(account: UsageAccount, key: number, seedDay: number) {
    this.#account = account;
    this.#key = key;
    this.#seedDay = seedDay;
    this.#zones = zonesOf(account);
    this.#toldZones = shareOf(key, 'zones') < 0.15 ? this.#zones.slice(0, 3) : [];
    this.#subscription = subscriptionOf(account, key);
    this.#anywhere = this.#complete([{ share: 1, fields: {} }]);
    this.#inR2 = this.#complete(this.#regionPlaces('r2'));
    this.#inD1 = this.#complete(this.#regionPlaces('d1'));
  }

  of(metric: Metric, metricKey: number, day: number, byZone: boolean): readonly Place[] {
    if (metric.scope === 'zone') {
      const zones = this.#zonesOn(day, byZone);
      return zones.length === 0 ? this.#anywhere : this.#complete(zonePlaces(zones, metricKey, day));
    }
    if (metric.familyId === 'r2') return this.#inR2;
    return metric.familyId === 'd1' ? this.#inD1 : this.#anywhere;
  }

  /** With the subscription, and twice where there are two of them. */
  #complete(spots: readonly Spot[]): readonly Place[] {
    const place = (share: number, fields: RowFields) => ({ share, text: fieldsText({ ...this.#subscription, ...fields }) });
    if (!this.#account.plan.stories.includes('two-subscriptions')) return spots.map(({ share, fields }) => place(share, fields));
    const second = subscription(this.#key, 'second', 'Expansion contract');
    return spots.flatMap(({ share, fields }) => [place(share * 0.6, fields), place(share * 0.4, { ...fields, ...second })]);
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
    return this.#toldZones;
  }

  /** R2 and D1 are used in a region or two; most accounts are not told which. */
  #regionPlaces(familyId: string): Spot[] {
    if (shareOf(this.#key, 'regional') > 0.3) return [{ share: 1, fields: {} }];
    const start = hashOf(this.#key, 'region');
    const shares = shareOf(this.#key, familyId, 'regions') < 0.3 ? [0.7, 0.3] : [1];
    return shares.map((share, index) => {
      const region = regions[(start + index) % regions.length];
      return { share, fields: { RegionId: region?.id ?? null, RegionName: region?.name ?? null } };
    });
  }
}

/** The first zone has most, the next about half of that, and so on; a little different every day. */
function zonePlaces(zones: readonly Zone[], metricKey: number, day: number): Spot[] {
  const weights = zones.map((_, index) => (0.8 + 0.4 * shareOf(metricKey, day, index)) / (index + 1));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return zones.map((zone, index) => ({
    share: (weights[index] ?? 0) / total,
    fields: { x_ZoneId: zone.id, x_ZoneName: zone.name },
  }));
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

function subscriptionOf(account: UsageAccount, key: number): RowFields {
  if (account.type === 'enterprise' || account.plan.stories.includes('two-subscriptions'))
    return subscription(key, 'contract', 'Enterprise contract');
  return shareOf(key, 'paid') < 0.6 ? subscription(key, 'workers', 'Workers Paid') : {};
}

function subscription(key: number, kind: string, name: string): RowFields {
  return { SubAccountId: new Random('subscription', key, kind).uuid(), SubAccountName: name };
}
