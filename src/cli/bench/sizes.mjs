// JavaScript and CSS of the first page, of list pages and of the spend page, against the budgets.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { tell } from './product.mjs';

const web = join(import.meta.dirname, '../../../dist/web');
const gzip = (/** @type {string} */ file) => gzipSync(readFileSync(join(web, file)), { level: 9 }).length / 1000;

export async function measureSizes() {
  /** @type {Record<string, { file: string, src?: string, isEntry?: boolean, imports?: string[], dynamicImports?: string[] }>} */
  const manifest = JSON.parse(readFileSync(join(web, '.vite/manifest.json'), 'utf8'));
  /** A chunk and all that it imports statically. @param {string} key @param {Set<string>} [seen] */
  const closure = (key, seen = new Set()) => {
    if (seen.has(key)) return seen;
    seen.add(key);
    for (const other of manifest[key]?.imports ?? []) closure(other, seen);
    return seen;
  };
  const entry = Object.keys(manifest).find((key) => manifest[key]?.isEntry) ?? '';
  /** @param {Iterable<string>} keys */
  const weigh = (keys) => {
    const files = [...new Set([...keys].map((key) => manifest[key]?.file ?? ''))].filter((file) => file.endsWith('.js'));
    return { files: files.length, kilobytes: files.reduce((sum, file) => sum + gzip(file), 0) };
  };
  const line = (
    /** @type {string} */ name,
    /** @type {{ files: number, kilobytes: number }} */ { files, kilobytes },
    /** @type {number} */ budget,
  ) => tell(name, `${kilobytes.toFixed(1)} kB gzip, ${files} files (budget ${budget} kB)${kilobytes > budget ? '  OVER' : ''}`);

  const first = closure(entry);
  line('before the first page', weigh(first), 130);
  for (const name of [
    'overview',
    'organizations',
    'accounts',
    'members',
    'profile',
    'audit',
    'shares',
    'settings',
    'rate-card',
  ]) {
    const key = `src/web/pages/${name}/page.tsx`;
    if (manifest[key]) line(name, weigh(new Set([...first, ...closure(key)])), 180);
  }
  const spend = new Set([...first, ...closure('src/web/pages/spend/page.tsx')]);
  line('spend, before the chart', weigh(spend), 180);
  line('spend, with the chart', weigh(new Set([...spend, ...closure('src/web/pages/spend/SpendChart.tsx')])), 300);
  const css = readdirSync(join(web, 'assets')).filter((file) => file.endsWith('.css'));
  tell('CSS', `${css.reduce((sum, file) => sum + gzip(`assets/${file}`), 0).toFixed(1)} kB gzip (budget 20 kB)`);
}
