import { Bookmark, Pin, PinOff, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { isSameSearch, useSavedViews } from '../../lib/saved-views.ts';
import { Button } from '../../ui/Button.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Popover } from '../../ui/Popover.tsx';

interface Props {
  screen: string;
  /** The state of the screen now, as its query string. */
  search: string;
  onOpen: (search: string) => void;
}

/** Names for what is on the screen, in this browser. The address alone shows the same to anybody else. */
export function SavedViews({ screen, search, onOpen }: Props) {
  const { views, save, remove, setDefault } = useSavedViews(screen);
  const [name, setName] = useState('');
  return (
    <Popover
      label="Saved views"
      align="end"
      width={300}
      className="p-1"
      trigger={(props) => (
        <Button {...props} kind="quiet" icon={Bookmark}>
          Saved views
        </Button>
      )}
    >
      {(close) => (
        <>
          {views.length > 0 && (
            <ul aria-label="Saved views" className="max-h-72 overflow-y-auto border-b border-line pb-1">
              {views.map((view) => (
                <li key={view.name} className="flex items-center">
                  <button
                    type="button"
                    aria-current={isSameSearch(view.search, search) || undefined}
                    className="flex min-h-(--row-menu) min-w-0 flex-1 items-center gap-2 rounded-sm px-2 text-left hover:bg-hover aria-current:font-semibold"
                    onClick={() => {
                      close();
                      onOpen(view.search);
                    }}
                  >
                    <span className="truncate">{view.name}</span>
                    {view.isDefault && <span className="text-xs font-normal text-muted">opens first</span>}
                  </button>
                  <IconButton
                    size="row"
                    icon={view.isDefault ? PinOff : Pin}
                    label={view.isDefault ? `Do not open ${view.name} first` : `Open ${view.name} first`}
                    onClick={() => setDefault(view.isDefault ? null : view.name)}
                  />
                  <IconButton size="row" icon={Trash2} label={`Delete ${view.name}`} onClick={() => remove(view.name)} />
                </li>
              ))}
            </ul>
          )}
          <form
            className="grid gap-1.5 p-2"
            onSubmit={(event) => {
              event.preventDefault();
              if (name.trim() === '') return;
              save(name, search);
              setName('');
            }}
          >
            <label className="grid gap-1 text-xs text-muted">
              Save what is shown as
              <input
                data-autofocus=""
                value={name}
                maxLength={60}
                autoComplete="off"
                className="h-(--control-toolbar) w-full rounded-md border border-line-control bg-raised px-2 text-sm text-ink"
                onChange={(event) => setName(event.target.value)}
              />
            </label>
            <Button type="submit" size="toolbar" disabledReason={name.trim() === '' && 'Give the view a name first.'}>
              Save view
            </Button>
            <p className="text-xs text-muted">Kept in this browser. The address shows the same to others.</p>
          </form>
        </>
      )}
    </Popover>
  );
}
