import type { Enforcement } from '../../../contract/canopy/account-filter.ts';

/** What it is called that an account makes its members use two-factor authentication, or not. */
export const enforcementLabel: Readonly<Record<Enforcement, string>> = {
  enforced: 'Enforced',
  'not-enforced': 'Not enforced',
  unknown: 'Unknown',
};
