/** Every variable Canopy reads, and what it is for; the README lists the same. */
export const configNames = [
  'HOST',
  'PORT',
  'CANOPY_DATA_DIR',
  'CANOPY_PUBLIC_URL',
  'CANOPY_LOG',
  'CANOPY_SESSION_IDLE_MINUTES',
  'CANOPY_SESSION_HOURS',
  'CANOPY_USAGE_DAYS_PER_CALL',
  'CLOUDFLARE_API_TOKEN',
  'CLOUDFLARE_API_TOKEN_FILE',
  'CLOUDFLARE_EMAIL',
  'CLOUDFLARE_EMAIL_FILE',
  'CLOUDFLARE_API_KEY',
  'CLOUDFLARE_API_KEY_FILE',
  'CLOUDFLARE_BASE_URL',
  'SANDBOX_PORT',
  'SANDBOX_PROFILE',
  'SANDBOX_SEED',
  'SANDBOX_NOW',
  'SANDBOX_TOKEN',
  'SANDBOX_EMAIL',
  'SANDBOX_KEY',
] as const;
export type ConfigName = (typeof configNames)[number];

const known: ReadonlySet<string> = new Set(configNames);
const ours = /^(CANOPY|SANDBOX|CLOUDFLARE)_/;
/** Names that the tests and Cloudflare's other tools use, which are often set where Canopy runs. */
const foreign = /^(CANOPY_BROWSER|CANOPY_E2E_\w+|CLOUDFLARE_(ACCOUNT|ZONE)_ID)$/;

/** A sentence for each variable that looks like ours but is not: most are typing errors, which would be ignored in silence. */
export function unknownNames(names: readonly string[]): string[] {
  return names
    .filter((name) => ours.test(name) && !known.has(name) && !foreign.test(name))
    .map((name) => `${name} is not a variable of Canopy; did you mean ${nearest(name)}?`);
}

function nearest(name: string): string {
  const [best = configNames[0]] = [...configNames].sort((a, b) => distance(name, a) - distance(name, b));
  return best;
}

/** Levenshtein distance. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
