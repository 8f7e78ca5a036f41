import { useState } from 'react';
import { longestNote } from '../../../contract/canopy/spend-notes.ts';
import type { SpendNote } from '../../../contract/canopy/spend-notes.ts';
import { useChangeSpendNote, useCreateSpendNote } from '../../queries/spend-notes.ts';
import { Button } from '../../ui/Button.tsx';
import { ErrorLine } from '../../ui/ErrorState.tsx';

/** What somebody has written so far. */
export type NoteDraft = Pick<SpendNote, 'text' | 'from' | 'to'>;

interface Props {
  /** Where a new note is for. */
  organizationId: string;
  /** None: a new one. */
  note?: SpendNote;
  /** The first and the last day of a new one, until others are chosen. */
  day: string;
  /** What was written before the form was closed. */
  written?: NoteDraft | null;
  onWritten?: (draft: NoteDraft | null) => void;
  onDone: () => void;
}

const fieldLook =
  'h-(--control-toolbar) w-full rounded-md border border-line-control bg-raised px-2 text-sm text-ink aria-invalid:border-danger';

/** A sentence for a day or for days in a row. */
export function NoteForm({ organizationId, note, day, written, onWritten, onDone }: Props) {
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
        { body: { organizationId, note: body } },
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
