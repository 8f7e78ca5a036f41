import { Columns3 } from 'lucide-react';
import type { Column } from './columns.ts';
import { IconButton } from './IconButton.tsx';
import { Menu } from './Menu.tsx';

export interface ColumnChooserProps<Row> {
  columns: readonly Column<Row>[];
  hidden: ReadonlySet<string>;
  onChange: (hidden: ReadonlySet<string>) => void;
}

/** Which columns are shown. */
export function ColumnChooser<Row>({ columns, hidden, onChange }: ColumnChooserProps<Row>) {
  const toggle = (id: string) => {
    const next = new Set(hidden);
    if (!next.delete(id)) next.add(id);
    onChange(next);
  };
  return (
    <Menu
      label="Columns"
      align="end"
      trigger={(props) => <IconButton {...props} icon={Columns3} label="Columns" className="max-sm:hidden" />}
      entries={columns
        .filter((column) => column.shown !== 'always')
        .map((column) => ({
          id: column.id,
          label: column.header,
          checked: !hidden.has(column.id),
          onSelect: () => toggle(column.id),
        }))}
    />
  );
}
