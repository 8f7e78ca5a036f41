import type { PlacedAccount } from '../../../contract/canopy/hierarchy.ts';
import { presets } from '../../lib/date-range.ts';
import { formatCount, plural } from '../../lib/format.ts';
import { useTypedText } from '../../lib/url-state.ts';
import { Button } from '../../ui/Button.tsx';
import { ColumnChooser } from '../../ui/ColumnChooser.tsx';
import { DensityControl } from '../../ui/DensityControl.tsx';
import { FilterChip } from '../../ui/FilterChip.tsx';
import { FilterMenu } from '../../ui/FilterMenu.tsx';
import { OptionList } from '../../ui/OptionList.tsx';
import { SearchField } from '../../ui/SearchField.tsx';
import { Toolbar } from '../../ui/Toolbar.tsx';
import type { Column } from '../../ui/columns.ts';
import { enforcementWords } from '../../../contract/canopy/account-filter.ts';
import { enforcementLabel } from './enforcement-label.ts';
import { typeLabel } from '../../lib/account-type.ts';
import { noFilters } from './screen-url.ts';
import type { ScreenUrl, SetScreenUrl } from './screen-url.ts';

interface Props {
  url: ScreenUrl;
  setUrl: SetScreenUrl;
  /** Every account of the subtree; null until they have been read. */
  all: readonly PlacedAccount[] | null;
  /** How many of them the filters leave. */
  shown: number;
  columns: readonly Column<PlacedAccount>[];
  hidden: ReadonlySet<string>;
  /** The time the page was opened, in milliseconds. */
  now: number;
}

/** Search, the filters as chips, and which columns there are. */
export function AccountsToolbar({ url, setUrl, all: read, shown, columns, hidden, now }: Props) {
  const all = read ?? [];
  const [typed, setTyped] = useTypedText(url.q, (q) => setUrl({ q }));
  const filtered = shown < all.length;
  const types = [...new Set(all.map(({ type }) => type))].sort();
  const typeEditor = () => (
    <OptionList
      label="Type"
      options={types.map((value) => ({
        value,
        label: typeLabel(value),
        count: all.filter(({ type }) => type === value).length,
      }))}
      selected={[...url.type]}
      onChange={(type) => setUrl({ type }, { push: true })}
    />
  );
  const enforcementEditor = () => (
    <OptionList
      label="Two-factor authentication"
      options={enforcementWords.map((value) => ({ value, label: enforcementLabel[value] }))}
      selected={[...url['two-factor']]}
      onChange={(words) => setUrl({ 'two-factor': enforcementWords.filter((word) => words.includes(word)) }, { push: true })}
    />
  );
  const createdEditor = (close: () => void) => {
    const today = new Date(now).toISOString().slice(0, 10);
    return (
      <OptionList
        label="Created"
        mode="one"
        options={presets(today).map(({ id, label }) => ({ value: id, label }))}
        selected={[]}
        onChange={([id]) => {
          const range = presets(today).find((preset) => preset.id === id)?.range;
          if (range) setUrl({ from: range.from, before: range.before }, { push: true });
          close();
        }}
      />
    );
  };
  return (
    <Toolbar
      label="Find accounts"
      end={
        <>
          <span className="tabular text-muted" role="status">
            {read &&
              (filtered
                ? `${formatCount(shown)} of ${formatCount(all.length)}, ${formatCount(all.length - shown)} hidden by filters`
                : plural(all.length, 'account'))}
          </span>
          <DensityControl />
          <ColumnChooser
            columns={columns}
            hidden={hidden}
            onChange={(next) => setUrl({ cols: columns.map(({ id }) => id).filter((id) => !next.has(id)) })}
          />
        </>
      }
    >
      <SearchField
        label="Find an account"
        placeholder="Name, ID or tag"
        keys={['/']}
        value={typed}
        onChange={setTyped}
        size="toolbar"
      />
      {url.type.length > 0 && (
        <FilterChip
          field="Type"
          operator="is"
          value={url.type.map(typeLabel).join(', ')}
          onRemove={() => setUrl({ type: [] }, { push: true })}
          editor={typeEditor}
        />
      )}
      {url['two-factor'].length > 0 && (
        <FilterChip
          field="2FA"
          operator="is"
          value={url['two-factor'].map((word) => enforcementLabel[word]).join(', ')}
          onRemove={() => setUrl({ 'two-factor': [] }, { push: true })}
          editor={enforcementEditor}
        />
      )}
      {(url.from ?? url.before) && (
        <FilterChip
          field="Created"
          operator="in"
          value={`${url.from ?? 'the beginning'} to before ${url.before ?? 'now'}`}
          onRemove={() => setUrl({ from: null, before: null }, { push: true })}
          editor={(_, close) => createdEditor(close)}
        />
      )}
      <FilterMenu
        fields={[
          { id: 'type', label: 'Type', editor: typeEditor },
          { id: 'two-factor', label: 'Two-factor authentication', editor: enforcementEditor },
          { id: 'created', label: 'Created', editor: createdEditor },
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
