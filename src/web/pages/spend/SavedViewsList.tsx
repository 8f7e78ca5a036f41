import { useQuery } from '@tanstack/react-query';
import type { UseQueryResult } from '@tanstack/react-query';
import { Link2, Pin, PinOff, Trash2 } from 'lucide-react';
import { useEffect, useEffectEvent, useState } from 'react';
import { longestViewName } from '../../../contract/canopy/saved-views.ts';
import type { SavedView } from '../../../contract/canopy/saved-views.ts';
import { forgetStoredViews, isSameSearch, storedViews } from '../../lib/saved-views.ts';
import type { Answer } from '../../queries/client.ts';
import { hierarchyQuery } from '../../queries/hierarchy.ts';
import { useChooseDefaultView, useDeleteView, useSaveView } from '../../queries/saved-views.ts';
import { Button } from '../../ui/Button.tsx';
import { ErrorLine } from '../../ui/ErrorState.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Upstream } from '../../ui/Upstream.tsx';
import { toasts } from '../../ui/toasts.ts';
import { savedParameter } from './use-view-search.ts';

export interface ViewsProps {
  views: UseQueryResult<Answer<readonly SavedView[]>>;
  organizationId: string;
  /** The state of the screen now, as its query string. */
  search: string;
  onOpen: (search: string) => void;
}

const screen = 'spend';

/** What the button opens: the views, and a field to keep what is shown as another. */
export function SavedViewsList({
  views: { data, error, refetch },
  organizationId,
  search,
  onOpen,
  close,
}: ViewsProps & { close: () => void }) {
  const [name, setName] = useState('');
  const [isShared, setShared] = useState(false);
  const save = useSaveView();
  const remove = useDeleteView();
  const choose = useChooseDefaultView();
  const views = data?.result;
  const nodes = useQuery(hierarchyQuery()).data?.result.nodes;
  const organizationName = nodes?.find(({ id }) => id === organizationId)?.name ?? 'this organization';
  const moveStored = useEffectEvent(async () => {
    const stored = storedViews(screen);
    if (stored.length === 0 || !views) return;
    for (const view of stored) {
      const known = views.find(({ isMine, name: other }) => isMine && other === view.name);
      const kept =
        known ?? (await save.mutateAsync({ body: { screen, name: view.name, search: view.search, sharedAt: null } })).result;
      if (view.isDefault) await choose.mutateAsync({ body: { screen, viewId: kept.id } });
    }
    forgetStoredViews(screen);
  });
  const isLoaded = views !== undefined;
  // once, when what the server keeps is known; what fails stays in the browser for the next time
  useEffect(() => {
    if (isLoaded) void moveStored().catch(() => undefined);
  }, [isLoaded]);
  const failed = save.error ?? remove.error ?? choose.error;

  const copyLink = (view: SavedView) =>
    void navigator.clipboard.writeText(`${location.origin}${location.pathname}?${savedParameter}=${view.id}`).then(
      () =>
        toasts.success({
          title: 'Short address copied',
          ...(view.sharedAt === null ? { note: 'The view is not shared: it opens for you alone.' } : {}),
        }),
      () => toasts.failure({ title: 'The browser did not allow copying' }),
    );

  return (
    <>
      {error && !views && <ErrorLine error={error.report} title="The views could not be read" onRetry={() => void refetch()} />}
      {views && views.length > 0 && (
        <ul aria-label="Saved views" className="max-h-72 overflow-y-auto border-b border-line pb-1">
          {views.map((view) => (
            <li key={view.id} className="flex items-center">
              <button
                type="button"
                aria-current={isSameSearch(view.search, search) || undefined}
                className="flex min-h-(--row-menu) min-w-0 flex-1 items-center gap-2 rounded-sm px-2 text-left hover:bg-hover aria-current:font-semibold"
                onClick={() => {
                  close();
                  onOpen(view.search);
                }}
              >
                <span className="truncate">
                  <Upstream>{view.name}</Upstream>
                </span>
                <span className="truncate text-xs font-normal text-muted">
                  {[!view.isMine ? view.by.name : view.sharedAt !== null && 'shared', view.isDefault && 'opens first']
                    .filter(Boolean)
                    .join(', ')}
                </span>
              </button>
              <IconButton size="row" icon={Link2} label={`Copy a short address of ${view.name}`} onClick={() => copyLink(view)} />
              <IconButton
                size="row"
                icon={view.isDefault ? PinOff : Pin}
                label={view.isDefault ? `Do not open ${view.name} first` : `Open ${view.name} first`}
                onClick={() => choose.mutate({ body: { screen, viewId: view.isDefault ? null : view.id } })}
              />
              {view.isMine && (
                <IconButton
                  size="row"
                  icon={Trash2}
                  label={`Delete ${view.name}`}
                  onClick={() => remove.mutate({ params: { viewId: view.id } })}
                />
              )}
            </li>
          ))}
        </ul>
      )}
      <form
        className="grid gap-1.5 p-2"
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() === '' || save.isPending) return;
          save.mutate(
            { body: { screen, name: name.trim(), search, sharedAt: isShared ? organizationId : null } },
            { onSuccess: () => setName('') },
          );
        }}
      >
        <label className="grid gap-1 text-xs text-muted">
          Save what is shown as
          <input
            data-autofocus=""
            value={name}
            maxLength={longestViewName}
            autoComplete="off"
            className="h-(--control-toolbar) w-full rounded-md border border-line-control bg-raised px-2 text-sm text-ink"
            onChange={(event) => setName(event.target.value)}
          />
        </label>
        <label className="flex items-start gap-2 text-xs">
          <input
            type="checkbox"
            className="mt-0.5 accent-accent"
            checked={isShared}
            onChange={(event) => setShared(event.target.checked)}
          />
          <span>
            Share with everybody who sees <Upstream>{organizationName}</Upstream>
          </span>
        </label>
        <Button
          type="submit"
          size="toolbar"
          working={save.isPending && 'Saving…'}
          disabledReason={name.trim() === '' && 'Give the view a name first.'}
        >
          Save view
        </Button>
        {failed && <ErrorLine error={failed.report} title="Nothing was changed" />}
      </form>
    </>
  );
}
