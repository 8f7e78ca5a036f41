import { useQuery } from '@tanstack/react-query';
import { Boxes, FileUp, Network, Pencil, Plus, ReceiptText, StickyNote, Trash2 } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import { useState } from 'react';
import { longestNote } from '../../../contract/canopy/spend-notes.ts';
import type { NoteKind, SpendNote } from '../../../contract/canopy/spend-notes.ts';
import type { SpendAnswer } from '../../../contract/canopy/spend.ts';
import { addDays, rangeWords } from '../../lib/date-range.ts';
import { plural } from '../../lib/format.ts';
import { useRole } from '../../queries/role.ts';
import { spendNotesQuery, useChangeSpendNote, useCreateSpendNote, useDeleteSpendNote } from '../../queries/spend-notes.ts';
import { Button } from '../../ui/Button.tsx';
import { ErrorLine } from '../../ui/ErrorState.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Popover } from '../../ui/Popover.tsx';
import { Upstream } from '../../ui/Upstream.tsx';
import { tip } from '../../ui/tip.ts';
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
              <Pin notes={own} subtree={subtree} />
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
        {found && found.total > 0 && (
          <Popover
            label="Notes of these days"
            width={380}
            trigger={(props) => (
              <Button {...props} kind="quiet" size="row" icon={StickyNote}>
                {plural(found.total, 'note')}
              </Button>
            )}
          >
            <NoteList notes={found.notes} subtree={subtree} />
            {found.total > found.notes.length && (
              <p className="mt-2 text-xs text-muted">The newest {found.notes.length} of them.</p>
            )}
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
              subtree={subtree}
              day={to <= today ? addDays(to, -1) : addDays(today, -1)}
              written={written}
              onWritten={setWritten}
              onDone={close}
            />
          )}
        </Popover>
        {found?.total === 0 && <span>No note on these days.</span>}
      </div>
    </section>
  );
}

function Pin({ notes, subtree }: { notes: SpendNote[]; subtree: Props['subtree'] }) {
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
      <NoteList notes={notes} subtree={subtree} />
    </Popover>
  );
}

function NoteList({ notes, subtree }: { notes: readonly SpendNote[]; subtree: Props['subtree'] }) {
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
                <NoteForm subtree={subtree} note={note} day={note.from} onDone={() => setEditing(null)} />
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

type NoteDraft = Pick<SpendNote, 'text' | 'from' | 'to'>;

interface FormProps {
  subtree: Props['subtree'];
  /** None: a new one. */
  note?: SpendNote;
  day: string;
  /** What was written before the form was closed. */
  written?: NoteDraft | null;
  onWritten?: (draft: NoteDraft | null) => void;
  onDone: () => void;
}

const fieldLook =
  'h-(--control-toolbar) w-full rounded-md border border-line-control bg-raised px-2 text-sm text-ink aria-invalid:border-danger';

/** A sentence for a day or for days in a row. */
function NoteForm({ subtree, note, day, written, onWritten, onDone }: FormProps) {
  const [draft, setDraft] = useState<NoteDraft>(note ?? written ?? { text: '', from: day, to: day });
  const { text, from, to } = draft;
  const set = (patch: Partial<NoteDraft>) => {
    const next = { ...draft, ...patch };
    setDraft(next);
    onWritten?.(next);
  };
  const create = useCreateSpendNote();
  const change = useChangeSpendNote();
  const failed = create.error ?? change.error;
  const isSaving = create.isPending || change.isPending;
  const wrong =
    text.trim() === ''
      ? 'Write the note first.'
      : from === '' || to === ''
        ? 'Choose its days.'
        : to < from
          ? 'The last day is before the first.'
          : false;
  const send = () => {
    const body = { from, to, text: text.trim() };
    if (note) change.mutate({ params: { noteId: note.id }, body }, { onSuccess: onDone });
    else
      create.mutate(
        { body: { organizationId: subtree.organization, note: body } },
        {
          onSuccess: () => {
            onWritten?.(null);
            onDone();
          },
        },
      );
  };
  return (
    <form
      className="grid gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (!wrong && !isSaving) send();
      }}
    >
      <label className="grid gap-1 text-xs text-muted">
        Note
        <textarea
          data-autofocus=""
          value={text}
          maxLength={longestNote}
          rows={3}
          className={`${fieldLook} h-auto py-1`}
          onChange={(event) => set({ text: event.target.value })}
        />
      </label>
      <div className="grid grid-cols-2 gap-2">
        <label className="grid gap-1 text-xs text-muted">
          First day (UTC)
          <input
            type="date"
            value={from}
            className={fieldLook}
            onChange={({ target: { value } }) => set({ from: value, to: to < value ? value : to })}
          />
        </label>
        <label className="grid gap-1 text-xs text-muted">
          Last day
          <input
            type="date"
            value={to}
            aria-invalid={to < from || undefined}
            className={fieldLook}
            onChange={(event) => set({ to: event.target.value })}
          />
        </label>
      </div>
      <div className="flex items-center gap-2">
        <Button type="submit" size="toolbar" working={isSaving && 'Saving…'} disabledReason={wrong}>
          {note ? 'Change note' : 'Save note'}
        </Button>
        {note && (
          <Button size="toolbar" kind="quiet" onClick={onDone}>
            Cancel
          </Button>
        )}
      </div>
      {failed && <ErrorLine error={failed.report} title="The note was not saved" />}
      {!note && <p className="text-xs text-muted">Everybody who sees the spend of this organization sees it.</p>}
    </form>
  );
}
