import { useQuery } from '@tanstack/react-query';
import { ArrowUpRight, FolderInput } from 'lucide-react';
import type { PlacedAccount } from '../../../contract/canopy/hierarchy.ts';
import type { AccountTag } from '../../../contract/canopy/tags.ts';
import type { HierarchyIndex } from '../../lib/hierarchy-index.ts';
import { actorOf, sentenceOf } from '../../lib/event-words.ts';
import { pathTo } from '../../lib/paths.ts';
import { newestAuditEventsQuery } from '../../queries/audit.ts';
import { useRole } from '../../queries/role.ts';
import { MoveAccounts } from '../../tree/move-accounts.ts';
import { Button, ButtonLink } from '../../ui/Button.tsx';
import { CopyId } from '../../ui/CopyId.tsx';
import { ErrorLine } from '../../ui/ErrorState.tsx';
import { Fact, FactGrid } from '../../ui/FactGrid.tsx';
import { Link, TextAction } from '../../ui/Link.tsx';
import { Money } from '../../ui/Money.tsx';
import { basisOf } from '../../ui/basis-of.ts';
import { Panel, PanelSection } from '../../ui/Panel.tsx';
import { Sparkbars } from '../../ui/Sparkbars.tsx';
import { Age, Time } from '../../ui/Time.tsx';
import { tip, tipWhenClipped } from '../../ui/tip.ts';
import { Upstream } from '../../ui/Upstream.tsx';
import type { CostByAccount } from './columns.tsx';
import { enforcementOf } from '../../../contract/canopy/account-filter.ts';
import { enforcementLabel } from './enforcement-label.ts';
import { typeLabel } from '../../lib/account-type.ts';

interface Props {
  account: PlacedAccount;
  tree: HierarchyIndex;
  costs: CostByAccount | null;
  /** The time the page was opened, in milliseconds. */
  now: number;
  whyNotMove: string | false;
  onMove: () => void;
  tags: readonly AccountTag[];
  onTag: () => void;
  onClose: () => void;
}

const yesNo = (value: boolean | null | undefined) => (value === true ? 'On' : value === false ? 'Off' : 'Unknown');

/** One account: where it is, its settings, its cost, and what happened to it. */
export function AccountPanel({ account, tree, costs, now, whyNotMove, onMove, tags, onTag, onClose }: Props) {
  const { whyNot } = useRole();
  const organization = tree.byId.get(account.organizationId);
  const cost = costs?.groups.get(account.id);
  const line = [...tree.ancestorNames(account.organizationId), organization?.name ?? ''];
  const name = account.name ?? account.id;
  const { settings } = account;
  return (
    <Panel
      id="account"
      label={`Account ${name}`}
      title={<Upstream>{name}</Upstream>}
      path={
        <span {...tip(line.length > 2 ? line.join(' › ') : undefined)}>
          {line.length > 2 && '… › '}
          <Upstream>{line.slice(-2).join(' › ')}</Upstream>
        </span>
      }
      onClose={onClose}
      actions={
        <>
          <Button size="toolbar" icon={FolderInput} disabledReason={whyNotMove} onClick={onMove} {...MoveAccounts.intent}>
            Move account
          </Button>
          <ButtonLink
            size="toolbar"
            trailingIcon={ArrowUpRight}
            href={`https://dash.cloudflare.com/${account.id}`}
            target="_blank"
            rel="noopener noreferrer"
          >
            Cloudflare dashboard
          </ButtonLink>
        </>
      }
    >
      <PanelSection>
        {whyNotMove && <p className="mb-2 text-xs text-muted">Cannot be moved: {whyNotMove}</p>}
        <FactGrid>
          <Fact term="ID">
            <CopyId id={account.id} label="account ID" form="full" />
          </Fact>
          <Fact term="Organization">
            <Link href={pathTo('organizations', account.organizationId, { focus: account.id })} className="link">
              <Upstream>{organization?.name ?? account.organizationId}</Upstream>
            </Link>
          </Fact>
          <Fact term="Type">{typeLabel(account.type)}</Fact>
          <Fact term="Created">
            <Time at={account.created_on} />{' '}
            <span className="text-muted">
              <Age at={account.created_on} />
            </span>
          </Fact>
          <Fact term="Two-factor">{enforcementLabel[enforcementOf(account)]} for its members</Fact>
          <Fact term="API access">{yesNo(settings?.api_access_enabled)}</Fact>
          {settings && 'abuse_contact_email' in settings && (
            <Fact term="Abuse contact">
              {settings.abuse_contact_email ? <Upstream>{settings.abuse_contact_email}</Upstream> : 'Not given'}
            </Fact>
          )}
          {settings?.access_approval_expiry && (
            <Fact term="Support access">
              until <Time at={settings.access_approval_expiry} />
            </Fact>
          )}
        </FactGrid>
      </PanelSection>
      <PanelSection
        title="Tags"
        action={
          <TextAction onPress={onTag} disabledReason={whyNot('accounts:write') || undefined}>
            Change tags
          </TextAction>
        }
      >
        {tags.length === 0 ? (
          <p className="text-muted">No tag. Tags group the spend of accounts by team, product or cost center.</p>
        ) : (
          <FactGrid>
            {tags.map(({ key, value, at, by }) => (
              <Fact key={key} term={key}>
                <Upstream>{value}</Upstream>{' '}
                <span className="text-muted">
                  {by.name}, <Time at={at} show="date" />
                </span>
              </Fact>
            ))}
          </FactGrid>
        )}
      </PanelSection>
      <PanelSection
        title="Cost, 30 complete days"
        action={
          <TextAction
            href={pathTo('spend', account.organizationId, { where: `account=${account.id}`, by: 'metric' })}
            disabledReason={whyNot('spend:read') || undefined}
          >
            Usage of this account
          </TextAction>
        }
      >
        {whyNot('spend:read') ? (
          <p className="text-muted">{whyNot('spend:read')}</p>
        ) : cost && cost.total !== null ? (
          <>
            <p className="text-lg font-semibold">
              <Money amount={cost.total} currency={costs?.currency} basis={basisOf(cost.bases)} />
            </p>
            <Sparkbars
              values={cost.values.map((value) => (value === null ? null : Number(value)))}
              label={`Cost of ${name}, 30 days`}
            />
          </>
        ) : (
          <p className="text-muted">
            {costs?.whyNone
              ? `Not known: ${costs.whyNone}.`
              : 'No record of this account has a cost. Its quantities are under usage.'}
          </p>
        )}
      </PanelSection>
      <PanelSection title="Events naming this account">
        <AccountEvents account={account} now={now} refused={whyNot('audit:read')} />
      </PanelSection>
    </Panel>
  );
}

/** Events of the organization's log whose resource is the account. */
function AccountEvents({ account, now, refused }: { account: PlacedAccount; now: number; refused: string | false }) {
  const before = new Date(Math.ceil(now / 3_600_000) * 3_600_000);
  const since = new Date(before.getTime() - 548 * 86_400_000);
  const events = useQuery({
    ...newestAuditEventsQuery(
      account.organizationId,
      { since: since.toISOString(), before: before.toISOString(), resource_id: [account.id] },
      20,
    ),
    enabled: !refused,
  });
  if (refused) return <p className="text-muted">{refused}</p>;
  if (events.error) return <ErrorLine error={events.error.report} onRetry={() => void events.refetch()} />;
  if (events.data?.result.length === 0) return <p className="text-muted">None in the log of its organization, 18 months back.</p>;
  return (
    <ul className="grid grid-cols-[minmax(0,1fr)] gap-1">
      {events.data?.result.map((event) => (
        <li key={event.id} className="flex items-baseline gap-2">
          <span className="w-17 shrink-0 text-xs text-muted">
            <Time at={event.action?.time} show="day" />
          </span>
          <Link
            href={pathTo('audit', account.organizationId, { range: '18mo', resource_id: account.id, event: event.id })}
            className="min-w-0 truncate hover:underline"
            {...tipWhenClipped()}
          >
            <span className="font-medium">
              <Upstream>{actorOf(event).name}</Upstream>
            </span>{' '}
            <Upstream>{`${sentenceOf(event).act} ${sentenceOf(event).object}`}</Upstream>
          </Link>
        </li>
      ))}
    </ul>
  );
}
