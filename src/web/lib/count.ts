/** The smallest words of numbers and ids: what the frame needs before any page. */

const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** `20,000`. */
export function formatCount(count: number): string {
  return grouped.format(Math.trunc(count));
}

/** `31 / 80`, or one number where nothing is below. */
export function formatHereBelow(here: number, below: number): string {
  return here === below ? formatCount(here) : `${formatCount(here)} / ${formatCount(below)}`;
}

/** `b034ccfb…d230`. Ids short enough to read stay whole. */
export function shortId(id: string): string {
  return id.length <= 16 ? id : `${id.slice(0, 8)}…${id.slice(-4)}`;
}

/** `1 account`, `80 accounts`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}
