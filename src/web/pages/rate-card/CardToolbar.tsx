import { Plus } from 'lucide-react';
import { useTypedText } from '../../lib/url-state.ts';
import { Button } from '../../ui/Button.tsx';
import { SearchField } from '../../ui/SearchField.tsx';
import { SegmentedControl } from '../../ui/SegmentedControl.tsx';
import { Select } from '../../ui/Select.tsx';
import { Toolbar } from '../../ui/Toolbar.tsx';
import { OverrideDetails } from './parts.ts';
import { shownWords } from './rows.ts';
import type { Shown } from './rows.ts';
import type { ScreenUrl, SetScreenUrl, View } from './screen-url.ts';

const shownNames: Readonly<Record<Shown, string>> = {
  all: 'All lines',
  used: 'In stored usage',
  uncertain: 'Uncertain prices',
  'no-price': 'Without a price',
  overridden: 'With overrides',
  own: 'Your own prices',
};

/** Which part of the card, and what of it. */
export function CardToolbar({
  url,
  setUrl,
  counts,
  whyNot,
  onAddOverride,
}: {
  url: ScreenUrl;
  setUrl: SetScreenUrl;
  counts: Readonly<Record<View, number>>;
  whyNot: string | false;
  onAddOverride: () => void;
}) {
  const [typed, setTyped] = useTypedText(url.q, (q) => setUrl({ q }));
  const searched = url.view === 'prices' || url.view === 'overrides';
  return (
    <Toolbar
      label="Part of the rate card"
      end={
        url.view === 'overrides' && (
          <Button size="toolbar" icon={Plus} disabledReason={whyNot} onClick={onAddOverride} {...OverrideDetails.intent}>
            Add override
          </Button>
        )
      }
    >
      <SegmentedControl
        label="Part of the rate card"
        className="max-sm:min-w-full! max-sm:overflow-x-auto"
        value={url.view}
        onChange={(view) => setUrl({ view, q: '', open: null }, { push: true })}
        options={[
          { value: 'prices', label: `Prices ${counts.prices}` },
          { value: 'overrides', label: `Overrides ${counts.overrides}` },
          { value: 'mappings', label: `Mappings ${counts.mappings}` },
          { value: 'versions', label: `Versions ${counts.versions}` },
        ]}
      />
      {searched && (
        <SearchField
          label={url.view === 'prices' ? 'Find a line' : 'Find an override'}
          placeholder={url.view === 'prices' ? 'Metric, family or ID' : 'Organization, account or metric'}
          keys={['/']}
          value={typed}
          onChange={setTyped}
        />
      )}
      {url.view === 'prices' && (
        <Select
          label="Show"
          prefix="Show"
          size="toolbar"
          value={url.show}
          options={shownWords.map((value) => ({ value, label: shownNames[value] }))}
          onChange={(event) => setUrl({ show: event.target.value as Shown }, { push: true })} // one of the options above
        />
      )}
    </Toolbar>
  );
}
