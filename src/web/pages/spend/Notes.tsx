import { useQuery } from '@tanstack/react-query';
import { Boxes, FileUp, Network, Pencil, Plus, ReceiptText, StickyNote, Trash2 } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import { useState } from 'react';
import type { NoteKind, SpendNote } from '../../../contract/canopy/spend-notes.ts';
import type { SpendAnswer } from '../../../contract/canopy/spend.ts';
import { addDays, rangeWords } from '../../lib/date-range.ts';
import { plural } from '../../lib/format.ts';
import { useRole } from '../../queries/role.ts';
import { spendNotesQuery, useDeleteSpendNote } from '../../queries/spend-notes.ts';
import { Button } from '../../ui/Button.tsx';
import { ErrorLine } from '../../ui/ErrorState.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Popover } from '../../ui/Popover.tsx';
import { Upstream } from '../../ui/Upstream.tsx';
import { tip } from '../../ui/tip.ts';
import { NoteForm } from './NoteForm.tsx';
import type { NoteDraft } from './NoteForm.tsx';
import { pinsOf } from './note-pins.ts';
import { sides } from './plot.ts';

interface Props {
  answer: SpendAnswer;
  subtree: { organization: string; descendants: boolean };
  today: string;
  /** Whether there is a chart above, to stand under. */
  withPins: boolean;
}

const icons: Readonly<Record<NoteKind, LucideIcon>> = {
  person: StickyNote,
  'rate-card': ReceiptText,
  'account-moved': Boxes,
  'account-renamed': Boxes,
  'organization-created': Network,
  'organization-renamed': Network,
  'organization-moved': Network,
  'organization-deleted': Network,
  import: FileUp,
};

const daysOf = ({ from, to }: Pick<SpendNote, 'from' | 'to'>): string => rangeWords({ from, before: addDays(to, 1) });

/** What people and Canopy know of these days: a pin under the bar where each begins, and all of them as a list. */
export function Notes({ answer, subtree, today, withPins }: Props) {
  const { whyNot } = useRole();
  const { from, to } = answer.question;
  const notes = useQuery(spendNotesQuery({ ...subtree, from, to }));
  const found = notes.data?.result;
  const pins = pinsOf(found?.notes ?? [], answer.buckets);
  const refused = whyNot('spend:write');
  // a press beside it closes the form, and what was written stays
  const [written, setWritten] = useState<NoteDraft | null>(null);
  const step = 100 / Math.max(1, answer.buckets.length);
  return (
    <section aria-label="Notes" className="pb-2.5">
      {withPins && (
        <div className="relative h-6" style={{ marginLeft: sides.left, marginRight: sides.right }}>
          {pins.map(({ index, notes: own }) => (
            <span key={index} className="absolute top-0 -translate-x-1/2" style={{ left: `${(index + 0.5) * step}%` }}>
              <Pin notes={own} organizationId={subtree.organization} />
            </span>
          ))}
        </div>
      )}
      {notes.error && (
        <ErrorLine
          className="px-(--gutter) py-1.5"
          error={notes.error.report}
          title="The notes could not be read"
          onRetry={() => void notes.refetch()}
        />
      )}
      <div className="flex flex-wrap items-center gap-1 pr-5 text-xs text-muted" style={{ paddingLeft: sides.left - 8 }}>
        {found && (found.more || found.total > 0) && (
          <Popover
            label="Notes of these days"
            width={380}
            trigger={(props) => (
              <Button {...props} kind="quiet" size="row" icon={StickyNote}>
                {found.more && 'At least '}
                {plural(found.total, 'note')}
              </Button>
            )}
          >
            <NoteList notes={found.notes} organizationId={subtree.organization} />
            {found.total > found.notes.length && (
              <p className="mt-2 text-xs text-muted">The newest {found.notes.length} of them.</p>
            )}
            {found.more && <p className="mt-2 text-xs text-muted">Only the newest changes were looked at.</p>}
          </Popover>
        )}
        <Popover
          label="Add a note"
          width={320}
          trigger={(props) => (
            <Button {...props} kind="quiet" size="row" icon={Plus} disabledReason={refused}>
              Add note
            </Button>
          )}
        >
          {(close) => (
            <NoteForm
              organizationId={subtree.organization}
              day={to <= today ? addDays(to, -1) : addDays(today, -1)}
              written={written}
              onWritten={setWritten}
              onDone={close}
            />
          )}
        </Popover>
        {found?.total === 0 && !found.more && <span>No note on these days.</span>}
      </div>
    </section>
  );
}

function Pin({ notes, organizationId }: { notes: SpendNote[]; organizationId: string }) {
  const [first] = notes;
  if (!first) return null;
  const Icon = icons[first.kind];
  const words = `${daysOf(first)}: ${first.text}${notes.length > 1 ? ` and ${notes.length - 1} more` : ''}`;
  return (
    <Popover
      label={`Notes from ${daysOf(first)}`}
      width={340}
      trigger={(props) => (
        <button
          type="button"
          {...props}
          aria-label={words}
          className="flex h-6 min-w-6 items-center justify-center gap-0.5 rounded-sm px-1 text-muted hover:bg-press hover:text-ink"
          {...tip(words)}
        >
          <Icon className="size-3.5" />
          {notes.length > 1 && <span className="tabular text-[0.6875rem]">{notes.length}</span>}
        </button>
      )}
    >
      <NoteList notes={notes} organizationId={organizationId} />
    </Popover>
  );
}

function NoteList({ notes, organizationId }: { notes: readonly SpendNote[]; organizationId: string }) {
  const [editing, setEditing] = useState<string | null>(null);
  const remove = useDeleteSpendNote();
  return (
    <ul className="grid max-h-80 gap-2 overflow-y-auto">
      {notes.map((note) => {
        const Icon = icons[note.kind];
        return (
          <li
            key={note.id}
            className="grid grid-cols-[1.125rem_minmax(0,1fr)_auto] gap-x-1.5 border-line-soft not-first:border-t not-first:pt-2"
          >
            <Icon aria-hidden className="mt-0.75 size-3.5 text-muted" />
            {editing === note.id ? (
              <div className="col-span-2">
                <NoteForm organizationId={organizationId} note={note} day={note.from} onDone={() => setEditing(null)} />
              </div>
            ) : (
              <>
                <div className="min-w-0">
                  <p className="break-words whitespace-pre-line">
                    <Upstream>{note.text}</Upstream>
                  </p>
                  <p className="text-xs text-muted">
                    {[daysOf(note), note.by?.name, note.organizationName].filter(Boolean).join(' · ')}
                  </p>
                </div>
                <span className="flex">
                  {note.isMine && (
                    <>
                      <IconButton
                        size="row"
                        icon={Pencil}
                        label={`Change the note ${note.text}`}
                        onClick={() => setEditing(note.id)}
                      />
                      <IconButton
                        size="row"
                        icon={Trash2}
                        label={`Delete the note ${note.text}`}
                        onClick={() => remove.mutate({ params: { noteId: note.id } })}
                      />
                    </>
                  )}
                </span>
              </>
            )}
          </li>
        );
      })}
      {remove.error && <ErrorLine error={remove.error.report} title="The note was not deleted" />}
    </ul>
  );
}
