import { sql } from 'kysely';
import type { Kysely } from 'kysely';

/** Days on which a metric of an account was used unlike usual, or for the first time. */
interface AnomalyTable {
  organization_id: string;
  account_id: string;
  metric: string;
  /** Never null: no unit is the empty text. */
  unit: string;
  family: string | null;
  kind: string;
  from_day: string;
  /** The last day, included. */
  to_day: string;
  is_step: boolean;
  score: number;
  impact: string;
  currency: string;
  used: number;
  usual: number;
}

/** What people made of anomalies; outlives them. */
export interface AnomalyMarkTable {
  organization_id: string;
  account_id: string;
  metric: string;
  unit: string;
  /** The first day of the anomaly; the empty text where the metric of the account is muted. */
  from_day: string;
  marked_at: string;
  person_id: string;
  person_name: string;
}

export interface AnomalyTables {
  spend_anomaly: AnomalyTable;
  spend_anomaly_mark: AnomalyMarkTable;
  /** Which prices of an organization were looked at. */
  spend_anomaly_sought: { organization_id: string; usage_version: number; card_version: number };
}

const about = 'organization_id text not null, account_id text not null, metric text not null, unit text not null';
const statements = [
  `create table spend_anomaly (
    ${about}, family text, kind text not null, from_day date not null, to_day date not null, is_step boolean not null,
    score double not null, impact decimal(18, 6) not null, currency text not null, used double not null, usual double not null)`,
  `create table spend_anomaly_mark (
    ${about}, from_day text not null, marked_at timestamptz not null, person_id text not null, person_name text not null,
    primary key (organization_id, account_id, metric, unit, from_day))`,
  `create table spend_anomaly_sought (organization_id text primary key, usage_version integer not null, card_version integer not null)`,
];

export const anomalies = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
