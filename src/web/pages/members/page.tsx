import { useQuery } from '@tanstack/react-query';
import { UserPlus } from 'lucide-react';
import { useMemo, useState } from 'react';
import { filterPeople, organizationsWithOneAdministrator, peopleOf } from '../../../contract/canopy/member-filter.ts';
import type { PersonRow } from '../../../contract/canopy/member-filter.ts';
import type { PlacedMember } from '../../../contract/canopy/hierarchy.ts';
import { plural } from '../../lib/format.ts';
import { indexHierarchy } from '../../lib/hierarchy-index.ts';
import { usePreload } from '../../lib/use-preload.ts';
import { useScope, useUrlState } from '../../lib/url-state.ts';
import { useExport } from '../../queries/exports.ts';
import { allMembersQuery, hierarchyQuery } from '../../queries/hierarchy.ts';
import { useRole } from '../../queries/role.ts';
import { CoverageBar, CoverageStatus } from '../../tree/CoverageBar.tsx';
import { Button } from '../../ui/Button.tsx';
import { ExportRows } from '../../ui/ExportRows.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { SpreadingBar } from '../../ui/Notice.tsx';
import { PageHead } from '../../ui/PageHead.tsx';
import { Split } from '../../ui/Panel.tsx';
import { toasts } from '../../ui/toasts.ts';
import { Upstream } from '../../ui/Upstream.tsx';
import { firstHidden } from '../../ui/columns.ts';
import { memberColumns } from './columns.tsx';
import { MembersGlance } from './MembersGlance.tsx';
import { MembersTable } from './MembersTable.tsx';
import { MembersToolbar } from './MembersToolbar.tsx';
import { Invite, MemberDetails } from './panels.ts';
import { byAttention, lastToBecomeActive } from './people.ts';
import { screenUrl } from './screen-url.ts';

const nobody: readonly PlacedMember[] = [];

/** A file has a row for each membership, the page one for each person in one status. */
const sizeOf = (people: readonly PersonRow[]) =>
  plural(
    people.reduce((sum, { memberships }) => sum + memberships.length, 0),
    'membership',
  );

/** Who has full control, who is invited, and changing either. */
export function Component() {
  const { organizationId, descendants } = useScope();
  const { session, whyNot } = useRole();
  const [url, setUrl] = useUrlState(screenUrl);
  const [opened] = useState(Date.now);
  // what was pasted for an invitation outlives its panel; it never stands in the URL
  const [pasted, setPasted] = useState('');
  const hierarchy = useQuery(hierarchyQuery());
  const subtree = { organization: organizationId, descendants };
  const question = allMembersQuery(subtree);
  const members = useQuery(question);
  const exporting = useExport();
  usePreload(url.member !== null, MemberDetails);
  usePreload(url.panel === 'invite', Invite);

  const tree = hierarchy.data && indexHierarchy(hierarchy.data.result.nodes);
  const node = tree?.byId.get(organizationId);
  const below = tree && descendants ? tree.subtreeOf(organizationId).length - 1 : 0;
  const all = members.data?.result.rows ?? nobody;
  const coverage = members.data?.result.coverage;
  const people = useMemo(() => peopleOf(all).sort(byAttention), [all]);
  const alone = useMemo(() => organizationsWithOneAdministrator(all), [all]);
  const newest = useMemo(() => lastToBecomeActive(all), [all]);
  const nameOf = useMemo(() => (id: string) => tree?.byId.get(id)?.name ?? id, [tree]);
  const columns = useMemo(() => memberColumns(nameOf), [nameOf]);
  const hidden = url.cols ? new Set(columns.map(({ id }) => id).filter((id) => !url.cols?.includes(id))) : firstHidden(columns);
  const filter = {
    text: url.q,
    status: [...url.status],
    twoFactor: [...url['two-factor']],
    domain: url.domain,
    alone: url.alone,
    longPending: url['long-pending'],
  };
  const rows = filterPeople(people, filter, alone, opened);
  const open = people.find(({ memberships }) => memberships.some(({ id }) => id === url.member));
  const isFirst = members.isPending || (all.length === 0 && (coverage?.pending ?? 0) > 0);

  const counts = tree?.below(organizationId);
  /** What the members of this organization hold, where all of it is counted. */
  const held = counts?.accounts
    ? `: here ${plural(counts.accounts, 'account')} in ${plural(counts.organizations, 'organization')}`
    : '';

  const panel =
    url.panel === 'invite' && node && members.data ? (
      <Invite.Part
        organization={node}
        tree={tree}
        members={all.filter((member) => member.organizationId === organizationId)}
        text={pasted}
        onText={setPasted}
        onClose={() => setUrl({ panel: 'none' })}
      />
    ) : open && tree ? (
      <MemberDetails.Part person={open} members={all} tree={tree} me={session.user} onClose={() => setUrl({ member: null })} />
    ) : null;

  return (
    <>
      <PageHead
        title="Members"
        facts={node && <Upstream>{`${node.name}${below > 0 ? ` and ${plural(below, 'sub-organization')}` : ''}`}</Upstream>}
      >
        <ExportRows
          all={members.data ? sizeOf(people) : null}
          filtered={rows.length < people.length ? sizeOf(rows) : null}
          working={exporting.isPending}
          whyNone={members.data ? people.length === 0 && 'There is nothing to export.' : 'The members are still being read.'}
          whyNoneFiltered={rows.length === 0 && 'Nobody is left by the filters.'}
          onExport={(which) =>
            exporting.mutate(
              { kind: 'members', format: 'csv', ...subtree, ...(which === 'filtered' ? { filter } : {}) },
              { onError: ({ report }) => toasts.failure({ title: 'The export did not start', note: report.message }) },
            )
          }
        />
        <Button
          kind="primary"
          icon={UserPlus}
          disabledReason={whyNot('members:write')}
          onClick={() => setUrl({ panel: 'invite', member: null }, { push: true })}
          {...Invite.intent}
        >
          Invite members
        </Button>
      </PageHead>
      <Split panel={panel}>
        {members.data ? (
          <MembersGlance
            people={people}
            alone={alone}
            nameOf={nameOf}
            organizationId={organizationId}
            descendants={descendants}
            partly={coverage !== undefined && coverage.answered < coverage.total}
          />
        ) : (
          members.isPending && <div className="h-13.5 shrink-0 border-b border-line" />
        )}
        <MembersToolbar
          url={url}
          setUrl={setUrl}
          people={members.data ? people : null}
          shown={rows.length}
          columns={columns}
          hidden={hidden}
        />
        {members.error && !members.data ? (
          <ErrorState error={members.error.report} title="The members could not be read" onRetry={() => void members.refetch()} />
        ) : (
          <>
            {newest && (
              <SpreadingBar
                who={<Upstream>{newest.member.user.name || newest.member.user.email}</Upstream>}
                since={newest.since}
              />
            )}
            <CoverageBar list={members} queryKey={question.queryKey} nameOf={nameOf} />
            <MembersTable
              url={url}
              setUrl={setUrl}
              rows={rows}
              total={people.length}
              columns={columns}
              hidden={hidden}
              state={isFirst ? 'loading' : members.isPlaceholderData ? 'refreshing' : 'ready'}
              openId={open?.id ?? null}
              nameOf={nameOf}
            />
          </>
        )}
        <CoverageStatus
          coverage={coverage}
          whole={
            url.member !== null && !open && members.data
              ? 'The member of this link is not here: removed, canceled, or of another organization.'
              : `Each active member has full control of every account in the organization and below it${held}.`
          }
        />
      </Split>
    </>
  );
}
