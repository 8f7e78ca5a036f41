import { longPendingDays, twoFactorWords } from '../../../contract/canopy/member-filter.ts';
import type { PersonRow } from '../../../contract/canopy/member-filter.ts';
import { memberStatuses } from '../../../contract/cloudflare/members.ts';
import { formatCount, plural } from '../../lib/format.ts';
import { useTypedText } from '../../lib/url-state.ts';
import { Button } from '../../ui/Button.tsx';
import { ColumnChooser } from '../../ui/ColumnChooser.tsx';
import { FilterChip } from '../../ui/FilterChip.tsx';
import { FilterMenu } from '../../ui/FilterMenu.tsx';
import { OptionList } from '../../ui/OptionList.tsx';
import { SearchField } from '../../ui/SearchField.tsx';
import { Toolbar } from '../../ui/Toolbar.tsx';
import type { Column } from '../../ui/columns.ts';
import { capital, noFilters } from './screen-url.ts';
import type { ScreenUrl, SetScreenUrl } from './screen-url.ts';

const olderWords = `older than ${longPendingDays} days`;

interface Props {
  url: ScreenUrl;
  setUrl: SetScreenUrl;
  /** Everybody of the subtree; null until they have been read. */
  people: readonly PersonRow[] | null;
  /** How many of them the filters leave. */
  shown: number;
  columns: readonly Column<PersonRow>[];
  hidden: ReadonlySet<string>;
}

/** Search, the filters as chips, and which columns there are. */
export function MembersToolbar({ url, setUrl, people: read, shown, columns, hidden }: Props) {
  const people = read ?? [];
  const [typed, setTyped] = useTypedText(url.q, (q) => setUrl({ q }));
  const filtered = shown < people.length;
  const chipOf = (field: string, value: string, onRemove: () => void, editor?: () => React.ReactNode) => (
    <FilterChip key={field} field={field} operator="is" value={value} onRemove={onRemove} {...(editor ? { editor } : {})} />
  );
  const statusEditor = () => (
    <OptionList
      label="Status"
      mode="many"
      options={memberStatuses.map((value) => ({
        value,
        label: capital(value),
        count: people.filter(({ status }) => status === value).length,
      }))}
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
  const domainEditor = (close: () => void) => (
    <OptionList
      label="E-mail domain"
      mode="one"
      options={[...new Set(people.map(({ email }) => email.slice(email.indexOf('@') + 1).toLowerCase()))]
        .sort()
        .map((value) => ({ value, label: value }))}
      selected={url.domain ? [url.domain] : []}
      onChange={([domain = '']) => {
        setUrl({ domain }, { push: true });
        close();
      }}
    />
  );
  const ageEditor = (close: () => void) => (
    <OptionList
      label="Age of invitation"
      mode="one"
      options={[{ value: 'older', label: capital(olderWords) }]}
      selected={url['long-pending'] ? ['older'] : []}
      onChange={([chosen]) => {
        setUrl({ 'long-pending': chosen === 'older' }, { push: true });
        close();
      }}
    />
  );
  return (
    <Toolbar
      label="Find members"
      end={
        <>
          <span className="tabular text-muted" role="status">
            {read &&
              (filtered ? `${formatCount(shown)} of ${formatCount(people.length)}` : plural(people.length, 'person', 'people'))}
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
      {url['long-pending'] && chipOf('Invitation', olderWords, () => setUrl({ 'long-pending': false }, { push: true }))}
      <FilterMenu
        fields={[
          { id: 'status', label: 'Status', editor: statusEditor },
          { id: 'two-factor', label: 'Two-factor authentication', editor: twoFactorEditor },
          { id: 'domain', label: 'E-mail domain', editor: domainEditor },
          { id: 'age', label: 'Age of invitation', editor: ageEditor },
        ]}
      />
      {filtered && (
        <Button kind="quiet" size="toolbar" onClick={() => setUrl(noFilters, { push: true })}>
          Reset
        </Button>
      )}
    </Toolbar>
  );
}
