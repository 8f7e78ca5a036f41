import { Random } from '../random.ts';
import type { DemoOrganization } from './organizations.ts';

/** The id of one of the demo's organizations: the digits that the pictures show, and between them those of the seed. */
export function demoOrganizationId(seed: number, organization: Pick<DemoOrganization, 'key' | 'id' | 'plainId'>): string {
  const random = new Random(seed, 'organization', organization.key);
  const digits = organization.plainId ? 36 : 16;
  const [first, last] = organization.id;
  const length = 32 - first.length - last.length;
  return first + Array.from({ length }, () => random.integer(0, digits - 1).toString(digits)).join('') + last;
}
