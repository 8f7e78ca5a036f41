import type { Profile } from '../../contract/cloudflare/profile.ts';
import type { Share, ShareResource } from '../../contract/cloudflare/shares.ts';
import { rfc3339 } from '../store/time.ts';
import type { AccountRow, MemberRow, OrganizationRow, ProfileRow, ShareRow } from '../store/tables.ts';
import type { UsagePlan } from '../usage/plan.ts';
import type { Person } from './people.ts';

export interface OrganizationDraft {
  readonly id: string;
  readonly name: string;
  readonly parent: OrganizationRow | null;
  readonly created: number;
  readonly managedBy?: string;
  /** Changes to the flags of the parent, or to `flagsOfDistributor` for a root. */
  readonly flags?: Readonly<Record<string, string>>;
  readonly olderFlags?: boolean;
}

export interface AccountDraft {
  readonly id: string;
  readonly organization: OrganizationRow;
  readonly name: string;
  readonly type: 'standard' | 'enterprise';
  readonly created: number;
  readonly abuseContact: string | null;
  readonly enforceTwoFactor: boolean | null;
  readonly usage: UsagePlan;
}

export interface MemberDraft {
  readonly id: string;
  readonly organization: OrganizationRow;
  readonly person: Person;
  readonly status: 'active' | 'pending' | 'rejected' | 'canceled';
  readonly created: number;
  readonly updated?: number;
}

export interface ShareDraft {
  readonly id: string;
  readonly name: string;
  /** The organization in whose list it stands: of the giving account, or of the receiving one. */
  readonly organization: OrganizationRow;
  /** The account that gives. */
  readonly account: Pick<AccountRow, 'id' | 'name'>;
  readonly kind: 'sent' | 'received';
  readonly status: 'active' | 'deleting' | 'deleted';
  readonly target: 'account' | 'organization';
  readonly created: number;
  readonly modified: number;
  readonly recipients: {
    readonly associated: number;
    readonly associating: number;
    readonly disassociated: number;
    readonly disassociating: number;
  };
  readonly resources: readonly ShareResource[];
}

/** Flags are words, not booleans: `"false"` is truthy. */
export const flagsOfDistributor: Readonly<Record<string, string>> = {
  account_creation: 'true',
  account_creation_applies_tenant_defaults: 'false',
  account_deletion: 'false',
  account_migration: 'false',
  account_mobility: 'true',
  enterprise_capability: 'true',
  member_management: 'true',
  sub_org_creation: 'true',
};

/** An enterprise organization is flat: nothing moves and nothing hangs below. */
export const flagsOfEnterprise: Readonly<Record<string, string>> = {
  ...flagsOfDistributor,
  account_creation: 'false',
  account_mobility: 'false',
  sub_org_creation: 'false',
};

/** A world being written down, row by row. */
export class Draft {
  readonly organizations: OrganizationRow[] = [];
  readonly profiles: ProfileRow[] = [];
  readonly accounts: AccountRow[] = [];
  readonly members: MemberRow[] = [];
  readonly shares: ShareRow[] = [];

  rows() {
    const { organizations, profiles, accounts, members, shares } = this;
    return { organizations, profiles, accounts, members, shares };
  }

  organization(draft: OrganizationDraft): OrganizationRow {
    const { parent } = draft;
    const flags = { ...(parent ? (JSON.parse(parent.flags) as Record<string, string>) : flagsOfDistributor), ...draft.flags }; // written below
    const row: OrganizationRow = {
      position: this.organizations.length + 1,
      id: draft.id,
      name: draft.name,
      parent_id: parent?.id ?? null,
      path: parent ? `${parent.path}/${draft.id}` : draft.id,
      create_time: draft.created,
      managed_by: draft.managedBy ?? null,
      flags: JSON.stringify(flags),
      older_flags: draft.olderFlags ?? false,
    };
    this.organizations.push(row);
    return row;
  }

  profile(organization: OrganizationRow, profile: Profile): void {
    this.profiles.push({ organization_id: organization.id, profile: JSON.stringify(profile) });
  }

  account(draft: AccountDraft): AccountRow {
    const row: AccountRow = {
      id: draft.id,
      organization_id: draft.organization.id,
      name: draft.name,
      type: draft.type,
      created_on: draft.created,
      settings: JSON.stringify({
        abuse_contact_email: draft.abuseContact,
        access_approval_expiry: null,
        api_access_enabled: true,
        default_nameservers: 'cloudflare.standard',
        enforce_twofactor: draft.enforceTwoFactor,
        use_account_custom_ns_by_default: false,
      }),
      usage_plan: JSON.stringify(draft.usage),
    };
    this.accounts.push(row);
    return row;
  }

  member(draft: MemberDraft): MemberRow {
    const row: MemberRow = {
      position: this.members.length + 1,
      id: draft.id,
      organization_id: draft.organization.id,
      user_id: draft.person.id,
      email: draft.person.email,
      name: draft.person.name,
      two_factor: draft.person.twoFactor,
      status: draft.status,
      create_time: draft.created,
      update_time: draft.updated ?? draft.created,
    };
    this.members.push(row);
    return row;
  }

  share(draft: ShareDraft): void {
    const { id, name, kind, status, created, recipients } = draft;
    const share: Share = {
      id,
      name,
      account_id: draft.account.id,
      account_name: draft.account.name,
      organization_id: draft.organization.id,
      created: rfc3339(created),
      modified: rfc3339(draft.modified),
      kind,
      status,
      target_type: draft.target,
      associated_recipient_count: recipients.associated,
      associating_recipient_count: recipients.associating,
      disassociated_recipient_count: recipients.disassociated,
      disassociating_recipient_count: recipients.disassociating,
      resources: [...draft.resources],
    };
    this.shares.push({
      id,
      organization_id: draft.organization.id,
      name,
      kind,
      status,
      target_type: draft.target,
      created,
      share: JSON.stringify(share),
    });
  }
}
