import { Problem } from '../problem.ts';

/**
 * Levels are states, not flows: seats, buckets, stored minutes, peak rates. The sum of a level over days means
 * nothing, so its value over several days is the highest. Stored gigabytes are no levels here: upstream sends each
 * day's thirtieth of a GB-month, and those add up.
 */
const levels: ReadonlySet<string> = new Set([
  'workers_for_platforms_scripts',
  'r2_buckets',
  'browser_rendering_concurrent_browsers',
  'stream_minutes_stored',
  'images_stored',
  'ssl_for_saas_custom_hostnames',
  'zero_trust_seats',
  'magic_transit_bandwidth_p95',
  'magic_wan_bandwidth_p95',
]);

/** Units that only levels have, for metrics we have not met. */
const levelUnits: ReadonlySet<string> = new Set(['browsers', 'buckets', 'hostnames', 'mb/second', 'scripts', 'seats', 'users']);

/** Whether quantities of a metric may be added over days. */
export const isSummable = (metric: string, unit: string): boolean => !levels.has(metric) && !levelUnits.has(unit.toLowerCase());

/** The report where a sum of a level is asked for. */
export const isLevel = (field: string): Problem =>
  new Problem({
    code: 'invalid_request',
    message: 'A level is never added up over days, so there is no sum of it.',
    action: 'Ask for a metric that is used up, such as requests.',
    fields: [{ field, message: 'is a level' }],
  });

/** Units that Cloudflare is known to send, and the FOCUS ways to write them. */
const knownUnits: ReadonlySet<string> = new Set(
  `Browsers|Buckets|Bytes|Count|Data Points|Dimension-Months|Dimensions|Events|GB|GB-Months|GB-Seconds|GiB-Seconds|
  Hostnames|Hours|Images|Mb/Second|Messages|Milliseconds|Minutes|Neurons|Objects|Operations|Queries|Requests|Rows|Scripts|
  Seats|Seconds|Steps|Tokens|Transformations|Users|Workers|vCPU-Seconds`.split(/\|\s*/),
);

export const isKnownUnit = (unit: string): boolean => knownUnits.has(unit);
