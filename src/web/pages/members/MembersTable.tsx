import { plural } from '../../lib/format.ts';
import { useRole } from '../../queries/role.ts';
import { DataTable } from '../../ui/DataTable.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { TextAction } from '../../ui/Link.tsx';
import { MemberStatus } from '../../ui/MemberStatus.tsx';
import { Upstream } from '../../ui/Upstream.tsx';
import type { Column } from '../../ui/columns.ts';
import { MemberDetails } from './panels.ts';
import type { PersonRow } from '../../../contract/canopy/member-filter.ts';
import { noFilters } from './screen-url.ts';
import type { ScreenUrl, SetScreenUrl } from './screen-url.ts';

interface Props {
  url: ScreenUrl;
  setUrl: SetScreenUrl;
  /** What the filters leave, of how many. */
  rows: readonly PersonRow[];
  total: number;
  columns: readonly Column<PersonRow>[];
  hidden: ReadonlySet<string>;
  state: 'ready' | 'loading' | 'refreshing';
  openId: string | null;
  /** What an organization is called. */
  nameOf: (organizationId: string) => string;
}

/** The rows, and what stands there when there are none. */
export function MembersTable({ url, setUrl, rows, total, columns, hidden, state, openId, nameOf }: Props) {
  const { whyNot } = useRole();
  return (
    <DataTable
      label="Members"
      rows={rows}
      columns={columns}
      hidden={hidden}
      rowId={({ id }) => id}
      rowLabel={({ name, email }) => name ?? email}
      state={state}
      sort={url.sort.column === 'attention' ? null : url.sort}
      onSort={(next) => setUrl({ sort: next })}
      onOpen={({ id }) => setUrl({ member: id, panel: 'none' }, { push: true })}
      onIntent={MemberDetails.preload}
      openId={openId}
      phone={(person) => ({
        title: <Upstream>{person.name ?? person.email}</Upstream>,
        detail: <Upstream>{person.name ? person.email : nameOf(person.memberships[0]?.organizationId ?? '')}</Upstream>,
        end: <MemberStatus status={person.status} />,
      })}
      empty={
        total > 0 ? (
          <EmptyState
            kind="filtered"
            title={`The filters hide ${plural(total, 'person', 'people')}`}
            actions={<TextAction onPress={() => setUrl(noFilters, { push: true })}>Show everybody</TextAction>}
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
  );
}
