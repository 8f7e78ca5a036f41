import { Bookmark } from 'lucide-react';
import { useEffect, useEffectEvent } from 'react';
import { forgetStoredViews, storedViews } from '../../lib/saved-views.ts';
import { onIntent } from '../../lib/on-intent.tsx';
import { useChooseDefaultView, useSaveView } from '../../queries/saved-views.ts';
import { Button } from '../../ui/Button.tsx';
import { Popover } from '../../ui/Popover.tsx';
import { toasts } from '../../ui/toasts.ts';
import type { ViewsProps } from './SavedViewsList.tsx';

const screen = 'spend';
const List = onIntent(async () => (await import('./SavedViewsList.tsx')).SavedViewsList, {
  onMissing: () =>
    toasts.failure({ title: 'The saved views could not be loaded', note: 'Check the connection, then try again.' }),
});

/** Names for what is on the screen: one's own, and those that are shared where one sees the organization. */
export function SavedViews(props: ViewsProps) {
  const save = useSaveView();
  const choose = useChooseDefaultView();
  const views = props.views.data?.result;

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

  return (
    <Popover
      label="Saved views"
      align="end"
      width={340}
      className="p-1"
      trigger={(trigger) => (
        <Button {...trigger} {...List.intent} kind="quiet" icon={Bookmark}>
          Saved views
        </Button>
      )}
    >
      {(close) => <List.Part {...props} close={close} />}
    </Popover>
  );
}
