import type { Account } from '../../contract/cloudflare/accounts.ts';
import type { AuditEvent, AuditFilter } from '../../contract/cloudflare/audit.ts';
import type { Member } from '../../contract/cloudflare/members.ts';
import type { Organization } from '../../contract/cloudflare/organizations.ts';
import type { Profile } from '../../contract/cloudflare/profile.ts';
import type { Share } from '../../contract/cloudflare/shares.ts';
import type { UsageRow } from '../usage/row.ts';

/**
 * Everything the sandbox knows, in the shapes of the contract. The store keeps data and answers questions about it;
 * what upstream would refuse (a full organization deleted, an account moved against the flags) is decided by the routes.
 * Times are milliseconds since 1970.
 */
export interface Store {
  readonly organizations: OrganizationStore;
  readonly accounts: AccountStore;
  readonly members: MemberStore;
  readonly profiles: ProfileStore;
  readonly audit: AuditStore;
  readonly shares: ShareStore;
  readonly usage: UsageStore;
  /** When the store was first filled. A later start keeps it, so stories stay on their days. */
  readonly seededAt: number;
  close(): Promise<void>;
}

/** Where a page ended. Opaque to callers, who put it into a page token or a cursor. */
export interface Position {
  readonly key: string | number;
  readonly id: string;
}

/** Rows after a position, or after a number of rows for lists that are paged by number. */
export interface PageQuery {
  readonly limit: number;
  readonly after?: Position | null;
  readonly offset?: number;
}

export interface Page<T> {
  readonly rows: readonly T[];
  /** Null at the end of the list. */
  readonly next: Position | null;
}

export interface CountedPage<T> extends Page<T> {
  /** Rows that the filter matches, on every page. */
  readonly total: number;
}

/** All given conditions hold. `equals` minds the case only where upstream does; the others never do. */
export interface TextMatch {
  readonly equals?: string | undefined;
  readonly startsWith?: string | undefined;
  readonly endsWith?: string | undefined;
  readonly contains?: string | undefined;
}

export interface OrganizationQuery extends PageQuery {
  readonly ids?: readonly string[] | undefined;
  readonly name?: TextMatch | undefined;
  /** Organizations above an account. */
  readonly containingAccount?: string | undefined;
  /** Organizations that a user is a member of. */
  readonly containingUser?: string | undefined;
  /** Organizations above an organization. */
  readonly containingOrganization?: string | undefined;
  /** Null asks for root organizations; absent for any. */
  readonly parentId?: string | null | undefined;
}

export interface OrganizationContents {
  readonly subOrganizations: number;
  readonly accounts: number;
  /** Active and pending: rejected and canceled ones do not stand in the way. */
  readonly members: number;
}

export interface OrganizationStore {
  /** In the order they were made. */
  list(query: OrganizationQuery): Promise<CountedPage<Organization>>;
  get(id: string): Promise<Organization | null>;
  /** Takes the flags and the manager of the parent; a root allows what an enterprise organization allows. */
  create(input: { name: string; parentId: string | null; profile: Profile | null }, now: number): Promise<Organization>;
  /** Renames and, where `parentId` is given, places the organization and all below it elsewhere. */
  update(id: string, change: { name: string; parentId?: string }): Promise<Organization | null>;
  /** Also its profile, shares and remaining member records. False where there was none. */
  remove(id: string): Promise<boolean>;
  contents(id: string): Promise<OrganizationContents>;
  /** How many levels hang below: 0 for a leaf. */
  levelsBelow(id: string): Promise<number>;
}

export interface AccountQuery extends PageQuery {
  readonly name?: TextMatch | undefined;
  readonly orderBy?: 'id' | 'name' | undefined;
  readonly direction?: 'asc' | 'desc' | undefined;
}

export interface PlacedAccount {
  readonly account: Account;
  readonly organizationId: string;
}

export interface AccountStore {
  /** Only the accounts directly in the organization. */
  list(organizationId: string, query: AccountQuery): Promise<CountedPage<Account>>;
  get(id: string): Promise<PlacedAccount | null>;
  /** From the root down to the organization that holds the account; empty for an unknown account. */
  organizationsOf(id: string): Promise<readonly Organization[]>;
  move(id: string, organizationId: string): Promise<void>;
}

export interface MemberQuery extends PageQuery {
  readonly statuses?: readonly string[] | undefined;
  /** Never minds the case. */
  readonly email?: TextMatch | undefined;
}

export interface MemberStore {
  /** In the order they were invited. */
  list(organizationId: string, query: MemberQuery): Promise<CountedPage<Member>>;
  get(organizationId: string, memberId: string): Promise<Member | null>;
  /** The active or pending member with this address. */
  findCurrent(organizationId: string, email: string): Promise<Member | null>;
  /** A known person keeps their id, name and two-factor state; for anybody else the state is unknown. */
  create(organizationId: string, input: { email: string; status: string }, now: number): Promise<Member>;
  setStatus(organizationId: string, memberId: string, status: string, now: number): Promise<Member | null>;
  remove(organizationId: string, memberId: string): Promise<boolean>;
}

export interface ProfileStore {
  get(organizationId: string): Promise<Profile | null>;
  put(organizationId: string, profile: Profile): Promise<void>;
}

export type AuditValues = Partial<Record<AuditFilter, readonly (string | number)[]>>;

export interface AuditRange {
  /** Inclusive. */
  readonly since: number;
  /** Exclusive. */
  readonly before: number;
  readonly direction: 'asc' | 'desc';
}

export interface AuditQuery extends PageQuery, AuditRange {
  /** One of the values, for each filter. */
  readonly include?: AuditValues | undefined;
  /** None of the values, for each filter. An event without the field is kept. */
  readonly exclude?: AuditValues | undefined;
}

export interface AuditHistory extends Page<AuditEvent> {
  readonly status: 'exact' | 'approximate' | 'unavailable';
}

export interface AuditStore {
  append(organizationId: string, events: readonly AuditEvent[]): Promise<void>;
  list(organizationId: string, query: AuditQuery): Promise<Page<AuditEvent>>;
  get(organizationId: string, eventId: string): Promise<AuditEvent | null>;
  /** The events of the resource that an event is about. */
  history(organizationId: string, event: AuditEvent, query: PageQuery & AuditRange): Promise<AuditHistory>;
}

export interface ShareQuery {
  readonly status?: string | undefined;
  readonly kind?: string | undefined;
  readonly targetType?: string | undefined;
  /** Shares that hold a resource of one of these types. */
  readonly resourceTypes?: readonly string[] | undefined;
  readonly orderBy?: 'name' | 'created' | undefined;
  readonly direction?: 'asc' | 'desc' | undefined;
  /** Both or neither: without them the whole list. */
  readonly limit?: number | undefined;
  readonly offset?: number | undefined;
}

export interface ShareStore {
  /** Shares come with their resources and recipient counts. */
  list(organizationId: string, query: ShareQuery): Promise<{ rows: readonly Share[]; total: number }>;
}

export interface UsageQuery {
  /** First UTC day, `YYYY-MM-DD`. */
  readonly from: string;
  /** Last UTC day, included. Days after today give nothing. */
  readonly to: string;
  readonly metricIds?: readonly string[] | undefined;
  readonly familyIds?: readonly string[] | undefined;
  /** One row for each zone of the metrics that are metered by zone. */
  readonly byZone?: boolean | undefined;
}

export interface UsageStore {
  /** Rows of the accounts directly in the organization, in batches; nothing for an unknown organization. */
  ofOrganization(organizationId: string, query: UsageQuery): AsyncIterable<readonly UsageRow[]>;
  ofAccount(accountId: string, query: UsageQuery): AsyncIterable<readonly UsageRow[]>;
}
