/** The audit log as one list of any length: every page that was read keeps its room, and at most 5,000 events are held. */
import { hashKey, skipToken, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useRef, useState } from 'react';
import { listAuditEvents } from '../../contract/cloudflare/audit.ts';
import type { AuditEvent } from '../../contract/cloudflare/audit.ts';
import { continues, pagesBetween, rowAt, runAround, startsOf, withPage } from '../lib/page-marks.ts';
import type { Mark, Seen } from '../lib/page-marks.ts';
import { auditPageQuery, nextCursor } from './audit.ts';
import type { AuditQuestion } from './audit.ts';
import { keyOf } from './client.ts';

/** Pages held at most: 25 of 200 events. */
const pagesHeld = 25;
/** Lines around the view that are read ahead. */
const ahead = 60;
/** A dragged scroll bar asks for the pages where it rests, not for all it passes. */
const settling = 100;

interface Asked {
  organizationId: string;
  question: AuditQuestion;
}
type Marks<S extends Seen> = readonly Mark<S, AuditEvent>[];

const keyOfList = ({ organizationId, question }: Asked) => keyOf(listAuditEvents, { organizationId }, question);
const nothingRead: Marks<never> = [{ cursor: null, seen: null, rows: null }];

/**
 * What is shown of a question: events in one piece around the view, and the room of those above and below. A new question
 * leaves the old answer standing until its own first page is there. `summarize` says what is kept of a page for good: it
 * must be small. With `searched`, the newest so many pages are held instead, wherever the view is.
 */
export function useAuditTrail<S extends Seen>(
  asked: Asked,
  { summarize, searched }: { summarize: (question: AuditQuestion, events: readonly AuditEvent[]) => S; searched: number | null },
) {
  const client = useQueryClient();
  const [settled, setSettled] = useState(asked);
  const [views, setViews] = useState({ of: '', first: 0, end: 0 });
  const latestView = useRef(views);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);

  const pageQuery = (of: Asked, cursor: string | null) =>
    auditPageQuery(of.organizationId, of.question, cursor, ({ result, info }) => {
      const read = { cursor, seen: summarize(of.question, result), rows: result };
      client.setQueryData<Marks<S>>(marksKey(of), (marks) => withPage(marks ?? nothingRead, read, nextCursor(info), pagesHeld));
    });

  const pageOrNothing = (mark: Mark<S> | undefined) =>
    mark ? pageQuery(settled, mark.cursor) : { ...pageQuery(settled, null), enabled: false };

  const newest = useQuery(pageQuery(asked, null));
  const isOther = hashKey(keyOfList(asked)) !== hashKey(keyOfList(settled));
  // set while rendering: the answer to the old question is never drawn under the new one's name
  if (isOther && (!newest.isPending || asked.organizationId !== settled.organizationId)) setSettled(asked);

  const id = hashKey(keyOfList(settled));
  const view = views.of === id ? views : { of: id, first: 0, end: 0 };
  const { data: marks = nothingRead } = useQuery<Marks<S>>({ queryKey: marksKey(settled), queryFn: skipToken, gcTime: 60_000 });
  const starts = useMemo(() => startsOf(marks), [marks]);

  const near =
    searched === null
      ? pagesBetween(marks, starts, view.first - ahead, view.end + ahead)
      : { first: 0, last: Math.min(searched, pagesHeld, marks.length) - 1 };
  const [byHand, setByHand] = useState<string | null>(null);
  // an empty page that promises another is followed by hand only
  const missing = marks
    .slice(near.first, near.last + 1)
    .filter(({ cursor, rows }, index) => rows === null && (marks[near.first + index - 1]?.seen?.rows !== 0 || cursor === byHand));
  const readings = [useQuery(pageOrNothing(missing[0])), useQuery(pageOrNothing(missing[1]))].slice(0, missing.length);

  const run = runAround(searched === null ? pagesBetween(marks, starts, view.first, view.end) : near, (page) =>
    Boolean(marks[page]?.rows),
  );
  const events = useMemo(
    () => unique(marks.slice(run.first, run.last + 1).flatMap(({ rows }) => rows ?? [])),
    [marks, run.first, run.last],
  );
  const end = starts.at(-1) ?? 0;
  const isEmpty = run.last < run.first;
  const above = isEmpty ? end : (starts[run.first] ?? 0) - (continues(marks, run.first) ? 1 : 0);
  const seen = useMemo(() => marks.flatMap((mark) => mark.seen ?? []), [marks]);
  const hasMore = marks.at(-1)?.seen === null;

  return {
    /** Names the list that is shown: another one begins at its top. */
    id,
    events,
    /** Lines above and below the events, whose events were let go. */
    above,
    below: isEmpty ? 0 : end - (starts[run.last + 1] ?? end),
    /** What was kept of every page that was read. */
    seen,
    read: seen.reduce((sum, { rows }) => sum + rows, 0),
    /** Pages held at once are at their limit; a search goes no further. */
    isFull: searched !== null && searched >= pagesHeld,
    hasMore,
    isComplete: newest.isSuccess && !isOther && !hasMore,
    isPending: seen.length === 0 && newest.isPending,
    isChanging: isOther || (newest.isFetching && seen.length > 0),
    /** Why the newest page could not be read, where nothing else is there. */
    firstFailure: seen.length === 0 ? newest.error : null,
    newest,
    newestKey: pageQuery(asked, null).queryKey,
    /** Why a page further down, or one that was let go, could not be read. */
    failure: seen.length === 0 ? null : (readings.find(({ error }) => error)?.error ?? null),
    isReading: readings.some(({ isFetching }) => isFetching),
    retry: () => readings.forEach((reading) => reading.isError && void reading.refetch()),
    /** Reads the next older page, also where nothing asks for it by itself. */
    readOn: () => setByHand(marks.at(-1)?.cursor ?? null),
    /** The event at a line of the whole list, or the last one before it, where its page is held. */
    eventAt: (place: number): AuditEvent | undefined => {
      const line = Math.min(place, end - 1);
      const { first } = pagesBetween(marks, starts, line, line + 1);
      const mark = marks[first];
      return mark?.seen ? mark.rows?.[rowAt(mark.seen, continues(marks, first), line - (starts[first] ?? 0))] : undefined;
    },
    view,
    onView: (first: number, viewEnd: number) => {
      latestView.current = { of: id, first, end: viewEnd };
      timer.current ??= setTimeout(() => {
        timer.current = null;
        setViews(latestView.current);
      }, settling);
    },
  };
}

const marksKey = (asked: Asked) => ['auditMarks', ...keyOfList(asked)] as const;

/** Pages may overlap where events arrive while reading. */
function unique(events: readonly AuditEvent[]): AuditEvent[] {
  return [...new Map(events.map((event) => [event.id, event])).values()];
}
