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

/** One zone or region: a row, or two where the account has two subscriptions. The shares add up to 1. */
type Spot = readonly Place[];

/** The zones, regions and subscriptions of one account. */
export class Places {
  readonly #account: UsageAccount;
  readonly #key: number;
  readonly #seedDay: number;
  readonly #anywhere: Spot;
  readonly #inR2: readonly Place[];
  readonly #inD1: readonly Place[];
  readonly #zones: readonly Spot[];
  readonly #toldZones: readonly Spot[];
  readonly #wandering: Spot;
  /** The first zone after it was deleted. */
  readonly #deleted: Spot;

  constructor(account: UsageAccount, key: number, seedDay: number) {
    const zones = zonesOf(account);
    this.#account = account;
    this.#key = key;
    this.#seedDay = seedDay;
    this.#anywhere = this.#spot({});
    this.#inR2 = this.#regionPlaces('r2');
    this.#inD1 = this.#regionPlaces('d1');
    this.#zones = zones.map((zone) => this.#zone(zone));
    this.#toldZones = shareOf(key, 'zones') < 0.15 ? this.#zones.slice(0, 3) : [];
    this.#wandering = this.#zone(wanderingZone);
    this.#deleted = this.#zone({ id: zones[0]?.id ?? wanderingZone.id, name: null });
  }

  of(metric: Metric, metricKey: number, day: number, byZone: boolean): readonly Place[] {
    if (metric.scope === 'zone') {
      const zones = this.#zonesOn(day, byZone);
      return zones.length === 0 ? this.#anywhere : zonePlaces(zones, metricKey, day);
    }
    if (metric.familyId === 'r2') return this.#inR2;
    return metric.familyId === 'd1' ? this.#inD1 : this.#anywhere;
  }

  #spot(fields: RowFields): Spot {
    const first = { ...subscriptionOf(this.#account, this.#key), ...fields };
    if (!this.#account.plan.stories.includes('two-subscriptions')) return [{ share: 1, text: fieldsText(first) }];
    const second = { ...first, ...subscription(this.#key, 'second', 'Expansion contract') };
    return [
      { share: 0.6, text: fieldsText(first) },
      { share: 0.4, text: fieldsText(second) },
    ];
  }

  #zone(zone: Zone): Spot {
    return this.#spot({ x_ZoneId: zone.id, x_ZoneName: zone.name });
  }

  /** Upstream tells zones for some accounts only; of the others every zone when that is asked for. */
  #zonesOn(day: number, byZone: boolean): readonly Spot[] {
    const { stories } = this.#account.plan;
    const moved = day >= middleOfMonth(this.#seedDay);
    if (stories.includes('zone-given')) return moved ? this.#zones : [this.#wandering, ...this.#zones];
    if (stories.includes('zone-taken')) return moved ? [this.#wandering, ...this.#zones] : this.#zones;
    if (stories.includes('zone-deleted')) {
      return day >= this.#seedDay - 5 ? [this.#deleted, ...this.#zones.slice(1)] : this.#zones;
    }
    return byZone ? this.#zones : this.#toldZones;
  }

  /** R2 and D1 are used in a region or two; most accounts are not told which. */
  #regionPlaces(familyId: string): readonly Place[] {
    if (shareOf(this.#key, 'regional') > 0.3) return this.#anywhere;
    const start = hashOf(this.#key, 'region');
    const shares = shareOf(this.#key, familyId, 'regions') < 0.3 ? [0.7, 0.3] : [1];
    return shares.flatMap((share, index) => {
      const region = regions[(start + index) % regions.length];
      return sized(this.#spot({ RegionId: region?.id ?? null, RegionName: region?.name ?? null }), share);
    });
  }
}

/** A spot that has this share of the whole. */
const sized = (spot: Spot, share: number): Spot => spot.map((place) => ({ share: place.share * share, text: place.text }));

/** The first zone has most, the next about half of that, and so on; a little different every day. */
function zonePlaces(zones: readonly Spot[], metricKey: number, day: number): readonly Place[] {
  const weights = zones.map((_, index) => (0.8 + 0.4 * shareOf(metricKey, day, index)) / (index + 1));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return zones.flatMap((zone, index) => sized(zone, (weights[index] ?? 0) / total));
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
