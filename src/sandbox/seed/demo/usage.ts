import type { StoryName, UsagePlan } from '../../usage/plan.ts';
import type { Random } from '../random.ts';
import { demoOrganizations, type OrganizationKey } from './organizations.ts';

/** Who lives through which story. */
const stories: Readonly<Record<string, readonly StoryName[]>> = {
  'Tern & Tide Hotels': ['durable-objects-runaway'],
  'Lariat Payments': ['r2-list-loop'],
  'Rimrock Analytics': ['neurons-on-weekdays'],
  'Wayang Animation': ['cache-reserve-warm-up'],
  'Indigo Bluffs Resorts': ['renamed'],
  'Nettle & Thread': ['zone-given'],
  'Teasel Wools': ['zone-taken'],
  'Quince Preserves': ['zone-deleted'],
  'Drumlin Data': ['missing-day'],
  'Sowerfield Academy': ['corrections'],
  'Hartside Parish Network': ['corrections'],
  'Fjordlys Strøm': ['unknown-metric'],
  'Greyfriars Theatre': ['two-subscriptions'],
  'Silo Nine': ['extremes'],
};

/** Billed by usage since before the history begins. */
const alwaysBilled: ReadonlySet<string> = new Set([
  'Abelard Surveying',
  'Bleaburn Fire & Rescue',
  'Cotterdale Quarries',
  'Midgeley Juniors',
  'Sowerfield Academy',
  'Hartside Parish Network',
  'Tern & Tide Hotels',
  'Lariat Payments',
  'Rimrock Analytics',
]);
/** Never billed here, though they pay as they go. */
const neverBilled: ReadonlySet<string> = new Set([
  'Alder & Finch',
  'Brightwater NOC',
  'Calder Vale Transport',
  'CVS Payroll',
  'Harrowgate Kitchens',
]);
const currencies: Readonly<Record<string, UsagePlan['currency']>> = { 'Pastel Toulousain': 'EUR', 'Fallowfield Clinics': 'GBP' };

interface Customer {
  readonly name: string;
  readonly key: OrganizationKey;
  readonly type: 'standard' | 'enterprise';
  readonly seedDay: number;
  readonly random: Random;
}

/** What an account of the demo uses. Contracts are larger; of those who pay as they go, about a third is billed by usage. */
export function demoUsage({ name, key, type, seedDay, random }: Customer): UsagePlan {
  const weight = demoOrganizations.find((organization) => organization.key === key)?.weight ?? 0;
  const lot = random.next();
  const told = stories[name] ?? [];
  const currency = currencies[name] ?? 'USD';
  const kind =
    told.length > 0 || currency !== 'USD' || alwaysBilled.has(name) || lot >= 0.29
      ? 'general'
      : lot < 0.06
        ? 'idle'
        : lot < 0.24
          ? 'dormant'
          : 'media';
  const size = Math.min(1.9, Math.max(0, (type === 'enterprise' ? 0.75 : 0.45) + 0.28 * random.normal() + weight));
  const zones = random.integer(1, type === 'enterprise' ? 24 : 6);
  const cycleDay = type === 'enterprise' || random.chance(0.4) ? 1 : random.integer(1, 31);
  const chosen =
    alwaysBilled.has(name) || currency !== 'USD' || (type === 'standard' && !neverBilled.has(name) && random.chance(0.33));
  const since = alwaysBilled.has(name) || random.chance(0.7) ? 0 : seedDay - random.integer(18, 240);
  return { kind, size, zones, cycleDay, currency, costsFrom: chosen ? since : null, stories: told };
}
