import { plural } from '../../lib/format.ts';
import { Button } from '../../ui/Button.tsx';
import { classes } from '../../ui/classes.ts';
import { StatusBar } from '../../ui/StatusBar.tsx';
import { SaveCard } from './parts.ts';
import { PricingProgress } from './PricingProgress.tsx';

interface Props {
  changes: number;
  /** Why nothing can be changed at all. */
  whyNot: string | false;
  /** Why it cannot be saved yet. */
  whyWait: string | false;
  onSave: () => void;
  onDiscard: () => void;
}

/** The foot of the page: what is not saved, and how to save it. It is always as high, so nothing moves. */
export function SaveBar({ changes, whyNot, whyWait, onSave, onDiscard }: Props) {
  if (whyNot) return <StatusBar end={<PricingProgress />}>{whyNot}</StatusBar>;
  return (
    <section
      aria-label="Changes"
      className="flex min-h-13 shrink-0 flex-wrap items-center gap-2.5 border-t border-line bg-sunken px-(--gutter) py-2"
    >
      <Button
        kind="primary"
        disabledReason={changes === 0 ? 'Nothing is changed.' : whyWait}
        onClick={onSave}
        {...SaveCard.intent}
      >
        Save rate card
      </Button>
      <Button disabledReason={changes === 0 && 'Nothing is changed.'} onClick={onDiscard}>
        Discard changes
      </Button>
      <p role="status" className={classes('text-muted', changes === 0 && 'max-sm:sr-only')}>
        {changes === 0 ? 'Nothing is changed.' : `${plural(changes, 'change')} not saved: estimates are as before until then.`}
      </p>
      <span className="ml-auto">
        <PricingProgress />
      </span>
    </section>
  );
}
