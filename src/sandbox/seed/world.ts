import type { Pipeline } from './automation.ts';
import type { AccountRow, AuditRow, MemberRow, OrganizationRow, ProfileRow, ShareRow } from '../store/tables.ts';

/** Everything a store is filled with. The same seed and time make the same world, to the last id. */
export interface World {
  readonly organizations: readonly OrganizationRow[];
  readonly profiles: readonly ProfileRow[];
  readonly accounts: readonly AccountRow[];
  readonly members: readonly MemberRow[];
  readonly shares: readonly ShareRow[];
  readonly history: History;
}

/** What happened in the world, told for any stretch of time without telling what came before. */
export interface History {
  /** The first moment of it. */
  readonly start: number;
  /** Events after `from` and up to `to`, oldest first, without those of the pipeline. */
  rows(from: number, to: number): Iterable<AuditRow>;
  readonly pipeline: Pipeline;
}
