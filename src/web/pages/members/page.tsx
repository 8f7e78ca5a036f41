import { useQuery } from '@tanstack/react-query';
import { Download, UserPlus } from 'lucide-react';
import { useMemo } from 'react';
import { memberStatuses } from '../../../contract/cloudflare/members.ts';
import { plural } from '../../lib/format.ts';
import { indexHierarchy } from '../../lib/hierarchy-index.ts';
import { pathTo } from '../../lib/paths.ts';
import { useScope, useTypedText, useUrlState } from '../../lib/url-state.ts';
import { choice, choices, flag, maybeText, ordered, sort, text } from '../../lib/url-values.ts';
import { useExport } from '../../queries/exports.ts';
import { allMembersQuery, hierarchyQuery, useRefreshHierarchy } from '../../queries/hierarchy.ts';
import { useRole } from '../../queries/role.ts';
import { Button } from '../../ui/Button.tsx';
import { ColumnChooser } from '../../ui/ColumnChooser.tsx';
import { DataTable } from '../../ui/DataTable.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { FilterChip } from '../../ui/FilterChip.tsx';
import { FilterMenu } from '../../ui/FilterMenu.tsx';
import { OptionList } from '../../ui/OptionList.tsx';
import { TextAction } from '../../ui/Link.tsx';
import { PageHead } from '../../ui/PageHead.tsx';
import { Split } from '../../ui/Panel.tsx';
import { PartialBar } from '../../ui/Notice.tsx';
import { SearchField } from '../../ui/SearchField.tsx';
import { Stat, StatStrip } from '../../ui/StatStrip.tsx';
import { StatusBar } from '../../ui/StatusBar.tsx';
import { Age, Time } from '../../ui/Time.tsx';
import { toasts } from '../../ui/toasts.ts';
import { Toolbar } from '../../ui/Toolbar.tsx';
import { Upstream } from '../../ui/Upstream.tsx';
import { InvitePanel } from './InvitePanel.tsx';
import { MemberPanel } from './MemberPanel.tsx';
import { memberColumns } from './columns.tsx';
import { firstHidden } from '../../ui/columns.ts';
import { byAttention, filterPeople, organizationsWithOneAdministrator, peopleOf } from './people.ts';
import type { TwoFactorFilter } from './people.ts';

const twoFactorWords: readonly TwoFactorFilter[] = ['off', 'unknown', 'on'];
const attention = { column: 'attention', direction: 'ascending' } as const;
const urlShape = {
  q: text(),
  status: choices(memberStatuses),
  'two-factor': choices(twoFactorWords),
  domain: text(),
  alone: flag(false),
  member: maybeText(),
  panel: choice(['none', 'invite'], 'none'),
  cols: ordered(),
  sort: sort(['attention', 'member', 'status', 'two-factor', 'organizations', 'since', 'updated'], attention),
};

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

/** Who has full control, who is invited, and changing either. */
export function Component() {
  const { organizationId, descendants } = useScope();
  const { session, whyNot } = useRole();
  const [url, setUrl] = useUrlState(urlShape);
  const [typed, setTyped] = useTypedText(url.q, (q) => setUrl({ q }));
  const hierarchy = useQuery(hierarchyQuery());
  const members = useQuery(allMembersQuery({ organization: organizationId, descendants }));
  const refresh = useRefreshHierarchy();
  const exporting = useExport();

  const tree = hierarchy.data && indexHierarchy(hierarchy.data.result.nodes);
  const node = tree?.byId.get(organizationId);
  const below = tree && descendants ? tree.subtreeOf(organizationId).length - 1 : 0;
  const all = members.data?.result.rows;
  const coverage = members.data?.result.coverage;
  const people = useMemo(() => peopleOf(all ?? []).sort(byAttention), [all]);
  const alone = useMemo(() => organizationsWithOneAdministrator(all ?? []), [all]);
  const columns = useMemo(() => memberColumns((id) => tree?.byId.get(id)?.name ?? id), [tree]);
  const hidden = url.cols ? new Set(columns.map(({ id }) => id).filter((id) => !url.cols?.includes(id))) : firstHidden(columns);
  const filter = { text: url.q, status: url.status, twoFactor: url['two-factor'], domain: url.domain, alone: url.alone };
  const rows = filterPeople(people, filter, alone);
  const open = people.find(({ memberships }) => memberships.some(({ id }) => id === url.member));
  const filtered = rows.length < people.length;

  const of = (status: string) => people.filter((person) => person.status === status);
  const active = of('active');
  const pending = of('pending');
  const show = (state: Record<string, string | string[]>) =>
    pathTo('members', organizationId, descendants ? state : { ...state, descendants: 'false' });
  const reset = () => setUrl({ q: '', status: [], 'two-factor': [], domain: '', alone: false }, { push: true });
  const chipOf = (field: string, value: string, onRemove: () => void, editor?: () => React.ReactNode) => (
    <FilterChip key={field} field={field} operator="is" value={value} onRemove={onRemove} {...(editor ? { editor } : {})} />
  );
  const statusEditor = () => (
    <OptionList
      label="Status"
      mode="many"
      options={memberStatuses.map((value) => ({ value, label: capital(value), count: of(value).length }))}
      selected={[...url.status]}
      onChange={(chosen) => setUrl({ status: memberStatuses.filter((status) => chosen.includes(status)) }, { push: true })}
    />
  );
  const twoFactorEditor = () => (
    <OptionList
      label="Two-factor authentication"
      mode="many"
      options={twoFactorWords.map((value) => ({ value, label: capital(value) }))}
      selected={[...url['two-factor']]}
      onChange={(chosen) => setUrl({ 'two-factor': twoFactorWords.filter((word) => chosen.includes(word)) }, { push: true })}
    />
  );
  const domains = [...new Set(people.map(({ email }) => email.slice(email.indexOf('@') + 1).toLowerCase()))].sort();
  const domainEditor = (close: () => void) => (
    <OptionList
      label="E-mail domain"
      mode="one"
      options={domains.map((value) => ({ value, label: value }))}
      selected={url.domain ? [url.domain] : []}
      onChange={([domain = '']) => {
        setUrl({ domain }, { push: true });
        close();
      }}
    />
  );

  const panel =
    url.panel === 'invite' && node && all ? (
      <InvitePanel
        organization={node}
        tree={tree}
        members={all.filter((member) => member.organizationId === organizationId)}
        onClose={() => setUrl({ panel: 'none' })}
      />
    ) : open && all && tree ? (
      <MemberPanel person={open} members={all} tree={tree} me={session.user} onClose={() => setUrl({ member: null })} />
    ) : null;

  return (
    <Split panel={panel}>
      <PageHead
        title="Members"
        facts={node && <Upstream>{`${node.name}${below > 0 ? ` and ${plural(below, 'sub-organization')}` : ''}`}</Upstream>}
      >
        <Button
          icon={Download}
          working={exporting.isPending && 'Exporting…'}
          disabledReason={people.length === 0 && 'There is nothing to export.'}
          onClick={() =>
            exporting.mutate(
              { kind: 'members', format: 'csv', organization: organizationId, descendants },
              { onError: ({ report }) => toasts.failure({ title: 'The export did not start', note: report.message }) },
            )
          }
        >
          Export
        </Button>
        <Button
          kind="primary"
          icon={UserPlus}
          disabledReason={whyNot('members:write')}
          onClick={() => setUrl({ panel: 'invite', member: null }, { push: true })}
        >
          Invite members
        </Button>
      </PageHead>
      {all && (
        <StatStrip label="Members at a glance">
          <Stat
            form="line"
            label="Active"
            href={show({ status: ['active'] })}
            figure={active.length}
            note={offNote(active.filter(({ twoFactor }) => twoFactor === false).length)}
          />
          <Stat
            form="line"
            label="Pending"
            href={show({ status: ['pending'] })}
            figure={pending.length}
            note={
              pending[0] ? (
                <>
                  oldest <Age at={pending[0].since} />
                </>
              ) : (
                'no invitation waits'
              )
            }
          />
          <Stat
            form="line"
            label="Rejected, canceled"
            href={show({ status: ['rejected', 'canceled'] })}
            figure={of('rejected').length + of('canceled').length}
          />
          <Stat
            form="line"
            label="One administrator"
            href={show({ alone: 'true' })}
            figure={alone.size}
            note={
              alone.size === 0
                ? 'every organization has two or more'
                : [...alone]
                    .slice(0, 2)
                    .map((id) => tree?.byId.get(id)?.name ?? id)
                    .join(', ') + (alone.size > 2 ? ` and ${alone.size - 2} more` : '')
            }
          />
        </StatStrip>
      )}
      <Toolbar
        label="Find members"
        end={
          <>
            <span className="tabular text-muted" role="status">
              {filtered ? `${rows.length} of ${people.length}` : plural(people.length, 'person', 'people')}
            </span>
            <ColumnChooser
              columns={columns}
              hidden={hidden}
              onChange={(next) => setUrl({ cols: columns.map(({ id }) => id).filter((id) => !next.has(id)) })}
            />
          </>
        }
      >
        <SearchField
          label="Find a member"
          placeholder="Name or e-mail"
          keys={['/']}
          value={typed}
          onChange={setTyped}
          size="toolbar"
        />
        {url.status.length > 0 &&
          chipOf('Status', url.status.map(capital).join(', '), () => setUrl({ status: [] }, { push: true }), statusEditor)}
        {url['two-factor'].length > 0 &&
          chipOf(
            '2FA',
            url['two-factor'].map(capital).join(', '),
            () => setUrl({ 'two-factor': [] }, { push: true }),
            twoFactorEditor,
          )}
        {url.domain && chipOf('Domain', url.domain, () => setUrl({ domain: '' }, { push: true }))}
        {url.alone && chipOf('Organization', 'has one administrator', () => setUrl({ alone: false }, { push: true }))}
        <FilterMenu
          fields={[
            { id: 'status', label: 'Status', editor: statusEditor },
            { id: 'two-factor', label: 'Two-factor authentication', editor: twoFactorEditor },
            { id: 'domain', label: 'E-mail domain', editor: domainEditor },
          ]}
        />
        {filtered && (
          <Button kind="quiet" size="toolbar" onClick={reset}>
            Reset
          </Button>
        )}
      </Toolbar>
      {coverage && coverage.failed.length > 0 && (
        <PartialBar
          answered={coverage.answered}
          total={coverage.total}
          what="organizations"
          missing={coverage.failed
            .map(({ organizationId: id, error }) => `${tree?.byId.get(id)?.name ?? id}: ${error.message}`)
            .join(' ')}
          onRetry={() => refresh.mutate(coverage.failed.map(({ organizationId: id }) => id))}
        />
      )}
      {members.error && !all ? (
        <ErrorState error={members.error.report} title="The members could not be read" onRetry={() => void members.refetch()} />
      ) : (
        <DataTable
          label="Members"
          rows={rows}
          columns={columns}
          hidden={hidden}
          rowId={({ id }) => id}
          rowLabel={({ name, email }) => name ?? email}
          state={
            members.isPending || (all?.length === 0 && (coverage?.pending ?? 0) > 0)
              ? 'loading'
              : members.isPlaceholderData
                ? 'refreshing'
                : 'ready'
          }
          sort={url.sort.column === 'attention' ? null : url.sort}
          onSort={(next) => setUrl({ sort: next })}
          onOpen={({ id }) => setUrl({ member: id, panel: 'none' }, { push: true })}
          openId={open?.id ?? null}
          phone={(person) => ({
            title: <Upstream>{person.name ?? person.email}</Upstream>,
            detail: (
              <Upstream>
                {person.name ? person.email : (tree?.byId.get(person.memberships[0]?.organizationId ?? '')?.name ?? '')}
              </Upstream>
            ),
            end: capital(person.status),
          })}
          empty={
            people.length > 0 ? (
              <EmptyState
                kind="filtered"
                title={`The filters hide ${plural(people.length, 'person', 'people')}`}
                actions={<TextAction onPress={reset}>Show everybody</TextAction>}
              />
            ) : (
              <EmptyState
                kind="nothing"
                title="Nobody is a member here"
                actions={
                  <TextAction
                    onPress={() => setUrl({ panel: 'invite' }, { push: true })}
                    disabledReason={whyNot('members:write') || undefined}
                  >
                    Invite members
                  </TextAction>
                }
              >
                People of the organizations above still have implicit access.
              </EmptyState>
            )
          }
        />
      )}
      <StatusBar
        end={
          coverage?.asOf && (
            <span>
              As of <Time at={coverage.asOf} show="minute" />
            </span>
          )
        }
      >
        {coverage && coverage.pending > 0
          ? `${coverage.answered} of ${coverage.total} organizations read`
          : 'Each active member has full control of every account in the organization and below it.'}
      </StatusBar>
    </Split>
  );
}

function offNote(count: number): string {
  return count === 0 ? 'none with 2FA off' : `${count} with 2FA off`;
}
