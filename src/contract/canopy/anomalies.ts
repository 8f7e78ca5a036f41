import * as z from 'zod/mini';
import { answer } from '../answer.ts';
import { CalendarDay } from '../day.ts';
import { endpoint } from '../endpoint.ts';
import { OrganizationId } from '../ids.ts';
import { flag, oneOf, text } from '../query.ts';

/**
 * - `up`, `down`: used more, or less, than on the same weekdays of the four weeks before
 * - `new`: used for the first time; what it costs is new spend, and nothing about it is unusual yet
 */
export type AnomalyKind = 'up' | 'down' | 'new';

/** Who said so, and when. */
export interface AnomalyMark {
  at: string;
  by: { id: string; name: string };
}

/** Days that a mute lasts: what nobody looks at any more is looked at again then. */
export const muteDays = 90;

/** A mark that ends by itself. */
export interface AnomalyMute extends AnomalyMark {
  /** RFC 3339. */
  until: string;
}

/** Days in a row on which a metric of an account was used unlike usual, and what that cost. */
export interface SpendAnomaly {
  organizationId: string;
  organizationName: string;
  accountId: string;
  accountName: string;
  metric: string;
  metricName: string;
  family: string | null;
  unit: string;
  kind: AnomalyKind;
  /** First and last day, both included. */
  from: string;
  to: string;
  /** It went on: from then on it is the usual. */
  isStep: boolean;
  /** How unusual: 3.5 and more, below zero for less than usual; zero for what is new. */
  score: number;
  /** What it cost more, or less, than usual. */
  impact: string;
  currency: string;
  /** Used on its days, and what would have been usual. */
  used: number;
  usual: number;
  acknowledged: AnomalyMark | null;
  /** The metric of the account is muted. */
  muted: AnomalyMute | null;
}

export interface SpendAnomalies {
  /** Largest amounts first, at most 200. */
  rows: readonly SpendAnomaly[];
  /** Neither acknowledged nor muted. */
  open: number;
  total: number;
}

/** Anomalies of the last five weeks. */
export const listAnomalies = endpoint({
  name: 'listAnomalies',
  method: 'GET',
  path: '/canopy/spend/anomalies',
  params: {},
  query: { organization: text(32), descendants: flag(), account: text(), show: oneOf(['open', 'all']) },
  body: null,
  result: answer<SpendAnomalies>(),
  paging: 'none',
  credential: 'none',
  permission: 'spend:read',
  effect: 'read',
});

const Name = z.string().check(z.maxLength(320));

/** Acknowledges one anomaly, or mutes all of a metric of an account for `muteDays` from now, or takes that back. `out_of_scope` where the person does not see the organization. */
export const markAnomaly = endpoint({
  name: 'markAnomaly',
  method: 'PUT',
  path: '/canopy/spend/anomalies/marks',
  params: {},
  query: {},
  body: z.strictObject({
    organizationId: OrganizationId,
    accountId: Name,
    metric: Name,
    unit: Name,
    /** The first day of the anomaly to acknowledge; null mutes the metric of the account. */
    from: z.nullable(CalendarDay),
    /** False takes it back. */
    marked: z.boolean(),
  }),
  /** The mark as it stands; null where there is none. */
  result: answer<AnomalyMark | null>(),
  paging: 'none',
  credential: 'none',
  permission: 'spend:write',
  effect: 'read',
});
