import { useQuery } from '@tanstack/react-query';
import { Plus, UserPlus } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import { useMemo, useState } from 'react';
import { peopleOf } from '../../../contract/canopy/member-filter.ts';
import { whyNotWhole } from '../../lib/comparison.ts';
import { addDays } from '../../lib/date-range.ts';
import { formatMonth } from '../../lib/format-time.ts';
import { formatCount, noRecord, plural } from '../../lib/format.ts';
import { indexHierarchy } from '../../lib/hierarchy-index.ts';
import { useMedia, widths } from '../../lib/media.ts';
import { pathTo } from '../../lib/paths.ts';
import { useScope } from '../../lib/url-state.ts';
import { allMembersQuery, hierarchyQuery } from '../../queries/hierarchy.ts';
import { useRole } from '../../queries/role.ts';
import { spendStateQuery } from '../../queries/spend.ts';
import { firstCurrencyQuery, wholeSpendQuery } from '../../queries/whole-spend.ts';
import { basisOf, billedShare, billedWords } from '../../ui/basis-of.ts';
import { Badge } from '../../ui/Badge.tsx';
import { Button, ButtonLink } from '../../ui/Button.tsx';
import { CopyId } from '../../ui/CopyId.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { Money } from '../../ui/Money.tsx';
import { PageHead } from '../../ui/PageHead.tsx';
import { SkeletonRows } from '../../ui/Skeleton.tsx';
import { Stat, StatStrip } from '../../ui/StatStrip.tsx';
import { Strip } from '../../ui/Strip.tsx';
import { AttentionList } from './AttentionList.tsx';
import { Completeness } from './Completeness.tsx';
import { CostRegion } from './CostRegion.tsx';
import { NewestEvents } from './NewestEvents.tsx';
import { TwoFactorOff } from './TwoFactorOff.tsx';
import { costQuestion, isBeingRead, monthSoFar } from './cost.ts';
import { places } from './places.ts';

/** The organization at a glance: every number is a link to its list. */
export function Component() {
  const { organizationId, descendants } = useScope();
  const { session, can, whyNot } = useRole();
  const phone = useMedia(widths.phone);
  const [opened] = useState(Date.now);
  const subtree = { organization: organizationId, descendants };
  const hierarchy = useQuery(hierarchyQuery());
  const members = useQuery({ ...allMembersQuery(subtree), enabled: can('members:read') });
  const rows = members.data?.result.rows;
  // people, as their list counts them; who is a member of three organizations is one of them
  const people = useMemo(() => peopleOf(rows ?? []), [rows]);
  const spend = useQuery({ ...spendStateQuery(subtree), enabled: can('spend:read') });
  const store = useQuery({ ...firstCurrencyQuery(subtree), enabled: can('spend:read') });
  const today = spend.data?.result.today ?? new Date(opened).toISOString().slice(0, 10);
  const currency = store.data?.result.currencies[0];
  const thirty = costQuestion(subtree, currency, addDays(today, -30), today);
  const cost = useQuery({ ...wholeSpendQuery(thirty), enabled: currency !== undefined });
  const month = monthSoFar(today);
  const soFar = useQuery({
    ...wholeSpendQuery(costQuestion(subtree, currency, month.from, month.before)),
    enabled: currency !== undefined && month.days > 0,
  });

  if (hierarchy.error && !hierarchy.data)
    return (
      <ErrorState
        error={hierarchy.error.report}
        title="The organizations could not be read"
        onRetry={() => void hierarchy.refetch()}
      />
    );
  if (!hierarchy.data) return <SkeletonRows columns={['start', 'end', 'end']} rows={8} />;

  const tree = indexHierarchy(hierarchy.data.result.nodes);
  const node = tree.byId.get(organizationId);
  if (!node) return null;
  const here = descendants ? tree.subtreeOf(organizationId) : [node];
  const counts = descendants ? tree.below(organizationId) : { organizations: 1, accounts: node.accounts };
  const withStatus = (status: string) => people.filter((person) => person.status === status);
  const active = withStatus('active');
  /** Of the organizations that are read; the number of all where every one is. */
  const accountsRead = here.reduce((sum, { accounts }) => sum + (accounts ?? 0), 0);
  const unread = members.error ? 'Not known' : 'Counting';
  const coverage = members.data?.result.coverage;
  /** Members of organizations that are not read are not among these. */
  const partly = coverage && coverage.answered < coverage.total;
  const atLeast = (count: number) => `${formatCount(count)}${partly ? '+' : ''}`;
  const of = (value: boolean | null) => active.filter(({ twoFactor }) => twoFactor === value).length;
  const link = (page: Parameters<typeof pathTo>[0], search: Record<string, string | string[]> = {}) =>
    pathTo(page, organizationId, descendants ? search : { ...search, descendants: 'false' });
  const levels = Math.max(...here.map(({ depth }) => depth)) - node.depth + 1;
  // the top of what somebody may see is not always the top
  const isRoot = node.parentId === null && !node.orphan && session.scopeOrganizationId === null;
  const { accountLimit } = hierarchy.data.result;
  const spent = soFar.data?.result.total;
  const share = spent ? billedShare(spent.bases) : null;
  // what is not read or priced yet is not without a cost
  const isCostToCome = !spent?.total && isBeingRead(spend.data?.result ?? null, soFar.data?.result);
  const notWhole = soFar.data ? whyNotWhole(soFar.data.result) : null;

  const completeness = (
    <div className="order-6">
      <Completeness hierarchy={hierarchy.data.result} within={here.map(({ id }) => id)} spend={spend.data?.result ?? null} />
    </div>
  );

  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <PageHead
        title={node.name}
        facts={
          <span className="flex items-center gap-2">
            {isRoot && <Badge>Root organization</Badge>}
            <CopyId id={node.id} label="organization ID" />
          </span>
        }
      >
        <Act
          label="Invite members"
          icon={UserPlus}
          href={link('members', { panel: 'invite' })}
          disabledReason={whyNot('members:write')}
        />
        <Act
          kind="primary"
          label="New sub-organization"
          icon={Plus}
          href={link('organizations', { act: 'create', focus: organizationId })}
          disabledReason={whyNot('organizations:write')}
        />
      </PageHead>
      <div className="flex min-h-0 flex-1 flex-col overflow-y-auto xl:grid xl:grid-cols-[minmax(0,1fr)_25.25rem] xl:grid-rows-[auto_1fr]">
        <div className={`xl:col-span-2 ${places.glance}`}>
          <StatStrip label="At a glance">
            <Stat
              label="Organizations"
              href={link('organizations')}
              figure={formatCount(counts.organizations)}
              note={`${plural(counts.organizations - 1, 'sub-organization')}, ${plural(levels, 'level')}`}
              strip={<Strip height={4} label={plural(counts.organizations, 'organization')} cells={[{ state: 'used' }]} />}
            />
            <Stat
              label="Accounts"
              href={link('accounts')}
              figure={
                counts.accounts !== null
                  ? formatCount(counts.accounts)
                  : accountsRead === 0
                    ? 'Counting'
                    : `${formatCount(accountsRead)}+`
              }
              {...(isRoot && descendants
                ? {
                    unit: `of ${formatCount(accountLimit)}`,
                    note: 'the documented limit under one root',
                    strip: (
                      <Strip
                        height={4}
                        label={
                          counts.accounts === null
                            ? 'Accounts are being counted'
                            : `${formatCount(counts.accounts)} of ${formatCount(accountLimit)} accounts`
                        }
                        cells={[
                          { state: 'used', count: Math.max(accountsRead, 1) },
                          { state: 'waiting', count: Math.max(0, accountLimit - accountsRead) },
                        ]}
                      />
                    ),
                  }
                : {
                    note: !descendants
                      ? 'directly here'
                      : node.accounts === null
                        ? noRecord
                        : `${formatCount(node.accounts)} directly here`,
                    strip: (
                      <Strip
                        height={4}
                        label={
                          counts.accounts === null
                            ? 'Accounts are being counted'
                            : `${formatCount(node.accounts ?? 0)} of ${formatCount(counts.accounts)} accounts directly here`
                        }
                        cells={[
                          { state: 'used', count: node.accounts ?? 0 },
                          { state: 'waiting', count: Math.max(0, (counts.accounts ?? 0) - (node.accounts ?? 0)) },
                        ]}
                      />
                    ),
                  })}
            />
            {can('members:read') && (
              <Stat
                label="Members"
                href={link('members')}
                figure={rows ? atLeast(rows.length) : unread}
                unit={rows && people.length < rows.length && plural(people.length, 'person', 'people')}
                note={
                  partly
                    ? `${coverage.answered} of ${plural(coverage.total, 'organization')} read`
                    : rows
                      ? `${formatCount(active.length)} active, ${formatCount(withStatus('pending').length)} pending`
                      : noRecord
                }
                strip={
                  <Strip
                    height={4}
                    label={`${active.length} active, ${withStatus('pending').length} pending`}
                    cells={[
                      { state: 'used', count: active.length },
                      { state: 'info', count: withStatus('pending').length },
                      { state: 'neutral', count: people.length - active.length - withStatus('pending').length },
                    ]}
                  />
                }
              />
            )}
            {can('members:read') && (
              <Stat
                label="Two-factor off"
                href={link('members', { status: ['active'], 'two-factor': ['off'] })}
                figure={rows ? atLeast(of(false)) : unread}
                unit={rows && `of ${atLeast(active.length)} active`}
                note={rows ? `${formatCount(of(null))} unknown, ${formatCount(of(true))} on` : noRecord}
                strip={
                  <Strip
                    height={4}
                    label={`${of(true)} on, ${of(null)} unknown, ${of(false)} off`}
                    cells={[
                      { state: 'used', count: of(true) },
                      { state: 'neutral', count: of(null) },
                      { state: 'warning', count: of(false) },
                    ]}
                  />
                }
              />
            )}
            {can('spend:read') && (
              <Stat
                label={`Cost, ${formatMonth(today)} so far`}
                href={link('spend', { from: month.from, before: month.before })}
                figure={
                  isCostToCome ? (
                    'Not read yet'
                  ) : currency === undefined ? (
                    store.isPending ? (
                      'Reading'
                    ) : store.error ? (
                      'Not known'
                    ) : (
                      'No cost'
                    )
                  ) : month.days === 0 ? (
                    'No day yet'
                  ) : (
                    <Money amount={spent?.total ?? undefined} currency={currency} basis={spent && basisOf(spent.bases)} />
                  )
                }
                note={
                  isCostToCome
                    ? spend.data?.result.sync.status === 'paused'
                      ? 'reading is paused'
                      : 'usage is being read'
                    : notWhole !== null
                      ? notWhole
                      : share !== null
                        ? `${billedWords(share)}${share < 1 ? ', the rest estimated' : ''}`
                        : currency === undefined
                          ? store.data
                            ? 'no record has one; see quantities'
                            : noRecord
                          : plural(month.days, 'complete day')
                }
                strip={
                  share !== null && (
                    <Strip
                      height={4}
                      label={billedWords(share)}
                      cells={[
                        { state: 'billed', count: share > 0 ? Math.max(1, Math.round(share * 100)) : 0 },
                        { state: 'estimated', count: share < 1 ? Math.max(1, Math.round((1 - share) * 100)) : 0 },
                      ]}
                    />
                  )
                }
              />
            )}
          </StatStrip>
        </div>
        <div className="min-w-0 border-line max-xl:contents xl:border-r">
          {can('spend:read') && (
            <CostRegion
              pending={store.isPending}
              answer={cost.data?.result}
              error={(store.error ?? cost.error)?.report ?? null}
              currency={currency}
              state={spend.data?.result ?? null}
              href={link('spend')}
              onRetry={() => void (store.error ? store : cost).refetch()}
              organizationHref={(id) => pathTo('spend', id)}
            />
          )}
          {can('members:read') && (
            <TwoFactorOff
              people={rows ? active : null}
              error={members.error?.report ?? null}
              onRetry={() => void members.refetch()}
              nameOf={(id) => tree.byId.get(id)?.name ?? id}
              href={link('members', { status: ['active'], 'two-factor': ['off'] })}
            />
          )}
        </div>
        <div className="min-w-0 max-xl:contents">
          <AttentionList
            hierarchy={hierarchy.data.result}
            within={here.map(({ id }) => id)}
            members={rows ?? null}
            spend={spend.data?.result ?? null}
            now={opened}
            link={link}
          />
          <NewestEvents organizationId={organizationId} now={opened} refused={whyNot('audit:read')} />
        </div>
        {phone && completeness}
      </div>
      {!phone && completeness}
    </div>
  );
}

interface ActProps {
  label: string;
  icon: LucideIcon;
  kind?: 'primary';
  /** Where it is done. */
  href: string;
  disabledReason: string | false;
}

/** A way to another screen's form; closed, with the reason, where the role may not send it. */
function Act({ label, href, disabledReason, ...look }: ActProps) {
  return disabledReason === false ? (
    <ButtonLink href={href} {...look}>
      {label}
    </ButtonLink>
  ) : (
    <Button disabledReason={disabledReason} {...look}>
      {label}
    </Button>
  );
}
