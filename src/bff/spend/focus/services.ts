import families from './services.json';

/** How FOCUS 1.2 classifies a service. Cloudflare has no mapping of its own: this one is ours, by product family. */
export interface ServiceClass {
  category: string;
  subcategory: string;
}

const other: ServiceClass = { category: 'Other', subcategory: 'Other (Other)' };
const byId = new Map(families.map((family) => [family.id, family]));
const byName = new Map(families.map((family) => [family.name.toLowerCase(), family]));

/** By the family's id, else its name; a family we do not know is "Other". */
export function serviceClassOf(familyId: string | null, familyName: string | null): ServiceClass {
  const found = byId.get(familyId ?? '') ?? byName.get((familyName ?? familyId ?? '').toLowerCase());
  return found ? { category: found.category, subcategory: found.subcategory } : other;
}
