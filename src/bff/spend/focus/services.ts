import families from './services.json';
import { ascii } from './words.ts';

/** A service as FOCUS 1.2 names and classifies it. Cloudflare has no mapping of its own: this one is ours, by product family. */
export interface Service {
  name: string;
  category: string;
  subcategory: string;
}

const keyOf = (name: string): string => ascii(name).trim().toLowerCase();
const byId = new Map(families.map((family) => [family.id, family]));
const byName = new Map(families.map((family) => [keyOf(family.name), family]));

/**
 * By the family's id, else by what stands for its name. FOCUS wants one class for each name, so a family that we know has
 * the name we know it by, whatever name came with its id; every other name is "Other".
 */
export function serviceOf(familyId: string | null, familyName: string | null, metricName: string | null): Service {
  const named = [familyName, familyId, metricName].find((name) => name?.trim()) ?? 'Unknown';
  const known = byId.get(familyId ?? '') ?? byName.get(keyOf(named));
  return known ?? { name: ascii(named), category: 'Other', subcategory: 'Other (Other)' };
}
