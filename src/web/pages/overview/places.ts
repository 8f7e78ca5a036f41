/**
 * Where the parts stand below each other on a narrow window. On a wide one they stand in two columns and these say
 * nothing; on a phone what it costs comes first.
 */
export const places = {
  glance: 'max-xl:order-1 max-sm:order-2',
  chart: 'max-xl:order-2 max-sm:order-1',
  table: 'max-xl:order-2 max-sm:order-5',
  attention: 'max-xl:order-3',
  events: 'max-xl:order-4',
  twoFactor: 'max-xl:order-5',
} as const;
