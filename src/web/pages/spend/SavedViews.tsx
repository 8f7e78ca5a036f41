import { Bookmark } from 'lucide-react';
import { onIntent } from '../../lib/on-intent.tsx';
import { Button } from '../../ui/Button.tsx';
import { Popover } from '../../ui/Popover.tsx';
import { toasts } from '../../ui/toasts.ts';
import type { ViewsProps } from './SavedViewsList.tsx';

const List = onIntent(async () => (await import('./SavedViewsList.tsx')).SavedViewsList, {
  onMissing: () =>
    toasts.failure({ title: 'The saved views could not be loaded', note: 'Check the connection, then try again.' }),
});

/** Names for what is on the screen: one's own, and those that are shared where one sees the organization. */
export function SavedViews(props: ViewsProps) {
  return (
    <Popover
      label="Saved views"
      align="end"
      width={340}
      className="p-1"
      trigger={(trigger) => (
        <Button {...trigger} {...List.intent} kind="quiet" icon={Bookmark}>
          <span className="max-sm:sr-only">Saved views</span>
        </Button>
      )}
    >
      {(close) => <List.Part {...props} close={close} />}
    </Popover>
  );
}
