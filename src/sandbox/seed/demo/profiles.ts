import type { Profile } from '../../../contract/cloudflare/profile.ts';
import type { Random } from '../random.ts';
import type { OrganizationKey } from './organizations.ts';

const addresses: Readonly<
  Partial<Record<OrganizationKey, { line1: string; city: string; postalCode: string; country: string }>>
> = {
  larkfield: { line1: '18 Larkfield Quay', city: 'Penhallow', postalCode: 'PL9 4QD', country: 'GB' },
  emea: { line1: 'Herengracht 900', city: 'Amsterdam', postalCode: '1017 ZZ', country: 'NL' },
  americas: { line1: '2200 Congress Loop', city: 'Austin', postalCode: '78799', country: 'US' },
  apac: { line1: '77 Telok Lane', city: 'Singapore', postalCode: '069999', country: 'SG' },
  brightwater: { line1: '1 Weir Parade', city: 'Hebblefoot', postalCode: 'HB2 7QT', country: 'GB' },
  publicSector: { line1: '1 Weir Parade', city: 'Hebblefoot', postalCode: 'HB2 7QT', country: 'GB' },
  schools: { line1: 'School Lane', city: 'Luddenbrook', postalCode: 'LB6 1AA', country: 'GB' },
  redfern: { line1: '640 Cypress St', city: 'Abilene', postalCode: '79699', country: 'US' },
  tallgrass: { line1: '12 Grain Exchange', city: 'Salina', postalCode: '67499', country: 'US' },
  montclar: { line1: '5 quai Rouge', city: 'Montclar', postalCode: '31999', country: 'FR' },
  ostrand: { line1: 'Havnegata 40', city: 'Trondheim', postalCode: '7099', country: 'NO' },
  sunda: { line1: 'Jl. Selat 21', city: 'Jakarta', postalCode: '19999', country: 'ID' },
  kowhai: { line1: '3 Wharf Terrace', city: 'Tauranga', postalCode: '3199', country: 'NZ' },
};

/** Three organizations never gave a phone number. */
const withoutPhone: ReadonlySet<OrganizationKey> = new Set(['direct', 'kowhai', 'schools']);

/** Address and metadata are JSON inside a text, except where somebody typed what they liked. */
export function demoProfile(key: OrganizationKey, name: string, domain: string, random: Random): Profile {
  const address = addresses[key];
  return {
    business_name: name,
    business_email: `billing@${domain}`,
    business_phone: withoutPhone.has(key) ? '' : `+1 555 01${random.integer(10, 99)} ${random.integer(100, 999)}`,
    business_address: address ? JSON.stringify(address) : 'c/o Larkfield Distribution\n18 Larkfield Quay, Penhallow',
    external_metadata:
      key === 'direct'
        ? 'customers without a partner; ask sales'
        : JSON.stringify({ crm: `LD-${random.integer(1000, 9999)}`, tier: random.pick(['gold', 'silver', 'bronze']) }),
  };
}
