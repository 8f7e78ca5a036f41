// Grouped questions about stored usage: asked over HTTP, and the same typed straight into the database.
import { DuckDBInstance } from '@duckdb/node-api';
import { ms, percentile } from './product.mjs';

const turns = 11;
const days = (/** @type {string} */ day, /** @type {number} */ count) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + count * 86_400_000).toISOString().slice(0, 10);

/**
 * @param {{ from: string, to: string, account: string | null, zone: string | null }} about
 * @returns {{ name: string, more: object, sql: string }[]}
 */
export function questionsAbout({ from, to, account, zone }) {
  const used = 'usage_record join usage_series using (series_id)';
  const within = (/** @type {string} */ first) => `counted and currency = 'USD' and day >= '${first}' and day < '${to}'`;
  const month = "date_trunc('month', day)";
  const quarter = days(to, -90);
  const sum = (/** @type {string} */ groups, /** @type {string} */ where, /** @type {string} */ by) =>
    `select ${groups}, sum(billed_cost), sum(billed_rest), count(*) from ${used} where ${where} group by ${by}`;
  const only = (/** @type {string} */ dimension, /** @type {string | null} */ value) => ({
    filters: [{ dimension, operator: 'is', values: [value] }],
  });
  return [
    { name: 'year by family and month', more: {}, sql: sum(`family_id, ${month}`, within(from), '1, 2') },
    {
      name: 'year by account and month, top 20',
      more: { groupBy: 'account', top: 20 },
      sql: sum(`account_id, ${month}`, within(from), '1, 2'),
    },
    {
      name: 'one account by metric and day',
      more: { groupBy: 'metric', granularity: 'day', ...only('account', account) },
      sql: sum('metric_id, day', `${within(from)} and account_id = '${account}'`, '1, 2'),
    },
    {
      name: '90 days by family, and the 90 before',
      more: { from: quarter, granularity: 'day', compare: { from: days(quarter, -90), to: quarter } },
      sql: sum(`family_id, day, day >= '${quarter}'`, within(days(quarter, -90)), '1, 2, 3'),
    },
    {
      name: 'one zone by metric and month',
      more: { groupBy: 'metric', ...only('zone', zone) },
      sql: sum(`metric_id, ${month}`, `${within(from)} and zone_id = '${zone}'`, '1, 2'),
    },
  ].map(({ name, more, sql }) => ({ name, sql, more: { ...base, from, to, ...more } }));
}

const base = {
  descendants: true,
  measure: { kind: 'cost', column: 'BilledCost', currency: 'USD' },
  granularity: 'month',
  groupBy: 'family',
  filters: [],
  top: 8,
  compare: null,
};

/**
 * Milliseconds of each question, and the same with bare SQL on the records.
 * @param {ReturnType<typeof questionsAbout>} questions
 * @param {(path: string, body?: object) => Promise<unknown>} ask
 * @param {() => Promise<void>} stop @param {string} database
 */
export async function compareQuestions(questions, ask, stop, database) {
  /** @type {Map<string, number[]>} */
  const asked = new Map();
  for (const { name, more } of questions) asked.set(name, await timed(() => ask('/canopy/spend/query', more)));
  await stop();
  const { instance, connection } = await openFile(database, { access_mode: 'READ_ONLY' });
  for (const { name, sql } of questions) {
    const bare = await timed(() => connection.runAndReadAll(sql));
    const whole = asked.get(name) ?? [];
    console.log(
      `  ${name.padEnd(44)} median ${ms(percentile(whole, 0.5))}, p95 ${ms(percentile(whole, 0.95))} (budget 300 ms); bare SQL on the records ${ms(percentile(bare, 0.5))}`,
    );
  }
  connection.closeSync();
  instance.closeSync();
}

/** Opens the store while no backend has it, with as little as the backend gives it. @param {string} file @param {Record<string, string>} [options] */
export async function openFile(file, options = {}) {
  const instance = await DuckDBInstance.create(file, { threads: '1', memory_limit: '64MB', ...options });
  const connection = await instance.connect();
  await connection.run("set TimeZone = 'UTC'");
  return { instance, connection };
}

/** @param {() => Promise<unknown>} work */
async function timed(work) {
  const times = [];
  for (let turn = 0; turn < turns; turn++) {
    const began = performance.now();
    await work();
    if (turn > 0) times.push(performance.now() - began); // the first one opens pages
  }
  return times;
}
