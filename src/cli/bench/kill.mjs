// Kills the backend at random moments while it reads usage, and compares what is stored at the end with what the sandbox sends.
import { openFile } from './questions.mjs';
import { startApart, tell, visit, withFolder } from './product.mjs';
import { untilRead } from './reading.mjs';

const kills = 50;
/** Milliseconds from the ready line: reading begins two seconds after it. */
const longestLife = 6000;

/** @param {string} [profile] */
export async function measureKill(profile = 'tiny') {
  await withFolder(async (folder) => {
    const { sandbox, upstream, startBackend, database } = await startApart(folder, { SANDBOX_PROFILE: profile });
    try {
      let slowest = 0;
      for (let kill = 0; kill < kills; kill++) {
        const backend = await startBackend();
        slowest = Math.max(slowest, backend.seconds);
        await new Promise((resolve) => setTimeout(resolve, Math.random() * longestLife));
        await backend.kill();
      }
      const backend = await startBackend();
      const state = await untilRead(await visit(backend));
      await backend.stop();
      const { instance, connection } = await openFile(database, { access_mode: 'READ_ONLY' });
      const reader = await connection.runAndReadAll(
        `select organization_id, strftime(day, '%Y-%m-%d'), count(*), coalesce(sum(billed_cost), 0) + coalesce(sum(billed_rest), 0)
         from usage_record join usage_series using (series_id) group by 1, 2`,
      );
      const rows = /** @type {[string, string, ...unknown[]][]} */ (reader.getRowsJson()); // as selected
      const stored = new Map(rows.map(([id, day, ...found]) => [`${id} ${day}`, found.map(Number)]));
      const fetched = await connection.runAndReadAll('select distinct organization_id from usage_fetch');
      const organizations = /** @type {[string][]} */ (fetched.getRowsJson()); // as selected
      connection.closeSync();
      instance.closeSync();
      // today is not over: what upstream sends of it grows
      const days = state.days
        .map((/** @type {{ day: string }} */ { day }) => day)
        .filter((/** @type {string} */ day) => day < state.today);
      let wrong = 0;
      for (const [id] of organizations)
        for (let at = 0; at < days.length; at += 31) wrong += await differences(upstream, id, days.slice(at, at + 31), stored);
      tell(
        `killed ${kills} times while reading`,
        `${wrong} of ${stored.size} days of organizations differ from what was sent, slowest start ${slowest.toFixed(1)} s`,
      );
      if (wrong > 0) process.exitCode = 1;
    } finally {
      await sandbox.stop();
    }
  });
}

/** How many days hold other records than upstream sends. @param {string} upstream @param {string} id @param {string[]} days @param {Map<string, number[]>} stored */
async function differences(upstream, id, days, stored) {
  const answer = await fetch(`${upstream}/organizations/${id}/billable/usage?from=${days[0]}&to=${days.at(-1)}`, {
    headers: { 'x-auth-email': 'sandbox@example.com', 'x-auth-key': 'sandbox-key' },
  });
  if (!answer.ok) throw new Error(`The sandbox answered ${answer.status}: ${await answer.text()}`);
  /** @type {{ result: Record<string, unknown>[] }} */
  const { result } = await answer.json();
  /** @type {Map<string, { records: number, cost: number }>} */
  const sent = new Map();
  for (const record of result) {
    const day = String(record['ChargePeriodStart']).slice(0, 10);
    const known = sent.get(day) ?? { records: 0, cost: 0 };
    sent.set(day, { records: known.records + 1, cost: known.cost + Number(record['BilledCost'] ?? 0) });
  }
  return days.filter((day) => {
    const [records = 0, cost = 0] = stored.get(`${id} ${day}`) ?? [];
    const expected = sent.get(day) ?? { records: 0, cost: 0 };
    return records !== expected.records || Math.abs(cost - expected.cost) > 1e-6;
  }).length;
}
