import { Download } from 'lucide-react';
import { Button } from './Button.tsx';
import { Menu } from './Menu.tsx';

interface Props {
  /** What a file of all would hold: `320 rows`; null until that is known. */
  all: string | null;
  /** What a file of those that the filters leave would hold; null where no filter is set. */
  filtered: string | null;
  working: boolean;
  /** Why there can be no file of either kind. */
  whyNone: string | false;
  whyNoneFiltered: string | false;
  onExport: (which: 'all' | 'filtered') => void;
}

/** Takes a list away as a file. Where filters are set it asks whether they count, and says how much either would be. */
export function ExportRows({ all, filtered, working, whyNone, whyNoneFiltered, onExport }: Props) {
  const state = { icon: Download, working: working && 'Exporting…' } as const;
  if (filtered === null || all === null || whyNone)
    return (
      <Button {...state} disabledReason={whyNone} onClick={() => onExport('all')}>
        Export {all}
      </Button>
    );
  return (
    <Menu
      label="Export"
      align="end"
      entries={[
        {
          id: 'filtered',
          label: `Filtered: ${filtered}`,
          note: 'CSV; its last line names the filters',
          disabledReason: whyNoneFiltered,
          onSelect: () => onExport('filtered'),
        },
        { id: 'all', label: `All: ${all}`, note: 'CSV; whatever the filters', onSelect: () => onExport('all') },
      ]}
      trigger={(props) => (
        <Button {...props} {...state}>
          Export
        </Button>
      )}
    />
  );
}
