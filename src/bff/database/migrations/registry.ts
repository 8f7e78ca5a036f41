import type { Migration } from 'kysely';
import { access } from './access.ts';
import { anomalies } from './anomalies.ts';
import { arrival } from './arrival.ts';
import { billingCycles } from './billing-cycles.ts';
import { budgets } from './budgets.ts';
import { costs } from './costs.ts';
import { monthSums } from './month-sums.ts';
import { outlook } from './outlook.ts';
import { pricingRules } from './pricing-rules.ts';
import { provisionalPrices } from './provisional-prices.ts';
import { receipts } from './receipts.ts';
import { savedViews } from './saved-views.ts';
import { sessions } from './sessions.ts';
import { spendNotes } from './spend-notes.ts';
import { tags } from './tags.ts';
import { usage } from './usage.ts';
import { usageNames } from './usage-names.ts';
import { usageSources } from './usage-sources.ts';

/**
 * What makes the tables, by name: `<capability>-<number>`. A capability adds its own file and its own line;
 * a migration that was released is never edited, a later one follows it.
 */
export const migrations: Readonly<Record<string, Migration>> = {
  'budgets-1': budgets,
  'costs-1': costs,
  'costs-2': outlook,
  'costs-3': anomalies,
  'costs-4': billingCycles,
  'costs-5': pricingRules,
  'costs-6': provisionalPrices,
  'receipts-1': receipts,
  'receipts-2': access,
  'receipts-3': arrival,
  'sessions-1': sessions,
  'spend-notes-1': spendNotes,
  'tags-1': tags,
  'saved-views-1': savedViews,
  'usage-1': usage,
  'usage-2': usageSources,
  'usage-3': usageNames,
  'usage-4': monthSums,
};
