import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Database, type Writer } from '../database.ts';
import { runPipeline } from '../seed/automation.ts';
import { buildWorld } from '../seed/build-world.ts';
import type { SandboxProfile } from '../seed/profile.ts';
import { Accounts } from './accounts.ts';
import { Audit } from './audit.ts';
import { Members } from './members.ts';
import { Organizations } from './organizations.ts';
import { Profiles } from './profiles.ts';
import { Shares } from './shares.ts';
import type { Store } from './store.ts';
import * as schema from './tables.ts';
import { Usage } from './usage.ts';

export interface StoreOptions {
  readonly dataDir: string;
  readonly profile: SandboxProfile;
  readonly seed: number;
  readonly now: () => number;
  /** With a fixed clock, data that was made at another time is made again: same seed and clock, same data. */
  readonly fixedNow: boolean;
}

/** Grows whenever seeded data or tables change; a file of another version is made again. */
const dataVersion = '3';

/** The story so far is told again only when the store slept at least this long. */
const topUpAfter = 60_000;

/** Opens the store of a profile and seed, filling it first where it is new. */
export async function openStore(options: StoreOptions): Promise<Store> {
  const file = join(options.dataDir, `sandbox-${options.profile}-${options.seed}.duckdb`);
  await mkdir(options.dataDir, { recursive: true });
  const found = await openFilled(file, options);
  const { database, seededAt } = found ?? (await fill(file, options));
  if (found) await topUp(database, options, seededAt);
  return {
    organizations: new Organizations(database),
    accounts: new Accounts(database),
    members: new Members(database),
    profiles: new Profiles(database),
    audit: new Audit(database),
    shares: new Shares(database),
    usage: new Usage(database, { seed: options.seed, seededAt, now: options.now }),
    seededAt,
    close: () => database.close(),
  };
}

interface Filled {
  readonly database: Database;
  readonly seededAt: number;
}

/** Null where there is nothing usable: no file, a start that was killed while filling, or data of another version or time. */
async function openFilled(file: string, options: StoreOptions): Promise<Filled | null> {
  if (!existsSync(file)) return null;
  const database = await Database.open(file);
  const facts = await readFacts(database);
  const seededAt = Number(facts.get('seededAt'));
  if (facts.get('dataVersion') === dataVersion && (!options.fixedNow || seededAt === options.now()))
    return { database, seededAt };
  await database.close();
  await Promise.all([rm(file, { force: true }), rm(`${file}.wal`, { force: true })]);
  return null;
}

async function readFacts(database: Database): Promise<ReadonlyMap<string, string>> {
  const [table] = await database.read<{ n: number }>(`select count(*)::int as n from duckdb_tables() where table_name = 'facts'`);
  if (!table?.n) return new Map();
  const rows = await database.read<{ name: string; value: string }>('select * from facts');
  return new Map(rows.map(({ name, value }) => [name, value]));
}

/** Everything in one transaction, so that a start which is killed leaves nothing behind. */
async function fill(file: string, options: StoreOptions): Promise<Filled> {
  const database = await Database.open(file);
  const seededAt = options.now();
  const world = buildWorld(options.profile, options.seed, seededAt);
  await database.write(async (writer) => {
    for (const table of schema.tables) await writer.create(table);
    await writer.append(schema.organizations, world.organizations);
    await writer.append(schema.profiles, world.profiles);
    await writer.append(schema.accounts, world.accounts);
    await writer.append(schema.members, world.members);
    await writer.append(schema.shares, world.shares);
    await writer.append(schema.audit, world.history.rows(world.history.start - 1, seededAt));
    await runPipeline(writer, world.history.pipeline, world.history.start - 1, seededAt);
    await keep(writer, { dataVersion, seededAt: String(seededAt), toldUntil: String(seededAt) });
  });
  // opened anew, because filling takes memory that only closing gives back
  await database.close();
  return { database: await Database.open(file), seededAt };
}

/** Tells what happened while the store was closed, leaving out organizations that are gone. */
async function topUp(database: Database, { profile, seed, now }: StoreOptions, seededAt: number): Promise<void> {
  const facts = await readFacts(database);
  const toldUntil = Number(facts.get('toldUntil'));
  const until = now();
  if (until - toldUntil < topUpAfter) return;
  const { history } = buildWorld(profile, seed, seededAt);
  const known = new Set((await database.read<{ id: string }>('select id from organizations')).map(({ id }) => id));
  const rows = [...history.rows(toldUntil, until)].filter(({ organization_id }) => known.has(organization_id));
  await database.write(async (writer) => {
    await writer.append(schema.audit, rows);
    await runPipeline(writer, history.pipeline, toldUntil, until);
    await keep(writer, { toldUntil: String(until) });
  });
}

async function keep(writer: Writer, facts: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, value] of Object.entries(facts)) {
    await writer.run('delete from facts where name = $1', [name]);
    await writer.run('insert into facts values ($1, $2)', [name, value]);
  }
}
