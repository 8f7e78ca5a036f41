// Grouped questions about stored usage: asked over HTTP, and the same typed straight into the database.
import { statSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';
import { ms, percentile, tell } from './product.mjs';

const turns = 11;
const days = (/** @type {string} */ day, /** @type {number} */ count) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + count * 86_400_000).toISOString().slice(0, 10);

/** Money as the page shows it, and as it was billed: each with its column, and the table that holds it record by record. */
const measures = [
  {
    name: 'spend',
    measure: { kind: 'spend', currency: 'USD' },
    table: 'usage_cost',
    where: "cost_currency = 'USD'",
    sums: 'sum(cost), sum(cost_rest), sum(records)',
  },
  {
    name: 'billed',
    measure: { kind: 'cost', column: 'BilledCost', currency: 'USD' },
    table: 'usage_record',
    where: "counted and currency = 'USD' and billed_cost is not null",
    sums: 'sum(billed_cost), sum(billed_rest), count(*)',
  },
];

/**
 * @param {{ from: string, to: string, account: string | null, zone: string | null }} about
 * @returns {{ name: string, more: object, sql: string }[]}
 */
function questionsAbout({ from, to, account, zone }) {
  const month = "date_trunc('month', day)";
  const quarter = days(to, -90);
  const before = days(quarter, -90);
  const only = (/** @type {string} */ dimension, /** @type {string | null} */ value) => ({
    filters: [{ dimension, operator: 'is', values: [value] }],
  });
  const questions = [
    { name: 'year by family and month', more: {}, groups: `family_id, ${month}` },
    { name: 'year by account and month, top 20', more: { groupBy: 'account', top: 20 }, groups: `account_id, ${month}` },
    {
      name: 'one account by metric and day',
      more: { groupBy: 'metric', granularity: 'day', ...only('account', account) },
      groups: 'metric_id, day',
      and: `account_id = '${account}'`,
    },
    {
      name: '90 days by family, and the 90 before',
      more: { from: quarter, granularity: 'day', compare: { from: before, to: quarter } },
      groups: `family_id, day, day >= '${quarter}'`,
      first: before,
    },
    {
      name: 'one zone by metric and month',
      more: { groupBy: 'metric', ...only('zone', zone) },
      groups: `metric_id, ${month}`,
      and: `zone_id = '${zone}'`,
    },
  ];
  return measures.flatMap(({ name: money, measure, table, where, sums }) =>
    questions.map(({ name, more, groups, and, first }) => ({
      name: `${name}, ${money}`,
      more: { ...base, from, to, measure, ...more },
      sql: `select ${groups}, ${sums} from ${table} join usage_series using (series_id)
        where ${where} and day >= '${first ?? from}' and day < '${to}'${and ? ` and ${and}` : ''} group by all`,
    })),
  );
}

const base = { descendants: true, granularity: 'month', groupBy: 'family', filters: [], top: 8, compare: null };

/**
 * Milliseconds of each question about a year up to yesterday, asked over HTTP, and of the same typed straight into the
 * file when the backend has left it; and how much room the file takes.
 * @param {{ today: string }} state @param {import('./reading.mjs').Program} backend
 * @param {(path: string, body?: object) => Promise<any>} ask @param {string} database
 */
export async function askAndCompare({ today }, backend, ask, database) {
  const second = async (/** @type {string} */ dimension) =>
    (await ask(`/canopy/spend/values/${dimension}`)).values[1]?.key ?? null;
  const questions = questionsAbout({
    from: days(today, -365),
    to: today,
    account: await second('account'),
    zone: await second('zone'),
  });
  /** @type {Map<string, { times: number[], cpu: number }>} */
  const asked = new Map();
  for (const { name, more } of questions) {
    await ask('/canopy/spend/query', more); // the first one opens pages
    const before = backend.cpuSeconds();
    const times = await timed(() => ask('/canopy/spend/query', more));
    asked.set(name, { times, cpu: ((backend.cpuSeconds() - before) / turns) * 1000 });
  }
  tell('peak memory with questions', `${backend.peakMegabytes().toFixed(0)} MB (budget 250 MB)`);
  await backend.stop();
  tell('the store', `${(statSync(database).size / 1e6).toFixed(0)} MB on disk`);
  const { instance, connection } = await openFile(database, { access_mode: 'READ_ONLY' });
  for (const { name, sql } of questions) {
    await connection.runAndReadAll(sql);
    const { user, system } = process.cpuUsage();
    const bare = await timed(() => connection.runAndReadAll(sql));
    const bareCpu = process.cpuUsage();
    const bareProcessor = (bareCpu.user - user + bareCpu.system - system) / 1000 / turns;
    const { times, cpu } = asked.get(name) ?? { times: [], cpu: Number.NaN };
    tell(
      name,
      `median ${ms(percentile(times, 0.5))}, p95 ${ms(percentile(times, 0.95))}, processor ${ms(cpu)} (budget 300 ms); bare SQL on the records ${ms(percentile(bare, 0.5))}, processor ${ms(bareProcessor)}`,
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
    times.push(performance.now() - began);
  }
  return times;
}
