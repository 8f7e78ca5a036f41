import type { AccessTables } from './migrations/access.ts';
import type { AnomalyTables } from './migrations/anomalies.ts';
import type { BillingCycleTables } from './migrations/billing-cycles.ts';
import type { BudgetTables } from './migrations/budgets.ts';
import type { CostTables } from './migrations/costs.ts';
import type { OutlookTables } from './migrations/outlook.ts';
import type { ReceiptTables } from './migrations/receipts.ts';
import type { SavedViewTables } from './migrations/saved-views.ts';
import type { SessionTables } from './migrations/sessions.ts';
import type { SpendNoteTables } from './migrations/spend-notes.ts';
import type { TagTables } from './migrations/tags.ts';
import type { UsageTables } from './migrations/usage.ts';
import type { UsageSourceTables } from './migrations/usage-sources.ts';

/** Every table, with the types of its rows. A capability declares its tables beside the migration that makes them. */
export type Tables = ReceiptTables &
  AccessTables &
  SessionTables &
  UsageTables &
  UsageSourceTables &
  CostTables &
  BillingCycleTables &
  OutlookTables &
  AnomalyTables &
  TagTables &
  SavedViewTables &
  SpendNoteTables &
  BudgetTables;
