// `npm run bench`: the figures Canopy promises, measured on this machine against the built product.
// One argument picks a part: node src/cli/bench/bench.mjs sizes|paint|start|proxy|tree|audit|sync|wide|load|kill|forecast
// A second one picks the sandbox's world for `sync` (the demo unless given) and `kill` (`tiny`), the accounts of `wide` (500)
// and the records of `load` (10000000). `sync`, `wide`, `load` and `kill` read 30 days with one call unless
// CANOPY_USAGE_DAYS_PER_CALL says otherwise.
import { measureAudit } from './audit.mjs';
import { measureForecast } from './forecast.mjs';
import { measureKill } from './kill.mjs';
import { measureLoad } from './load.mjs';
import { measurePaint } from './paint.mjs';
import { measureProxy } from './proxy.mjs';
import { measureSizes } from './sizes.mjs';
import { measureStart } from './start.mjs';
import { measureSync } from './sync.mjs';
import { measureTree } from './tree.mjs';
import { measureWide } from './wide.mjs';

/** @type {Record<string, (which?: string) => Promise<void>>} */
const parts = {
  sizes: measureSizes,
  paint: measurePaint,
  start: measureStart,
  proxy: measureProxy,
  tree: measureTree,
  audit: measureAudit,
  sync: measureSync,
  wide: measureWide,
  load: measureLoad,
  kill: measureKill,
  forecast: measureForecast,
};
const chosen = process.argv[2];
if (chosen !== undefined && !parts[chosen]) {
  console.error(`There is no part "${chosen}"; the parts are ${Object.keys(parts).join(', ')}.`);
  process.exit(1);
}
for (const [name, measure] of Object.entries(parts)) {
  if (chosen !== undefined && chosen !== name) continue;
  console.log(`\n${name}`);
  await measure(process.argv[3]);
}
