import type { SessionTables } from './migrations/sessions.ts';
import type { UsageTables } from './migrations/usage.ts';

/** Every table, with the types of its rows. A capability declares its tables beside the migration that makes them. */
export type Tables = SessionTables & UsageTables;
