/** `2026-11-22T14:02:00Z`; milliseconds only where there are any, as Cloudflare prints times. */
export const rfc3339 = (time: number): string => new Date(time).toISOString().replace('.000Z', 'Z');
