import { chunkRows } from '../database/open.ts';
import type { ChunkAppender } from '../database/open.ts';
import type { Cell } from '../database/values.ts';
import type { Day } from './days.ts';
import { Digest } from './digest.ts';
import { cellOf, cellsOfRecord, readRecord } from './record.ts';
import type { NoteKind } from './record.ts';
import { storedDimensions } from './dimensions.ts';
import type { StoredDimension } from './dimensions.ts';

/** Rows between two hand-overs to the transaction; each holds the event loop for a few milliseconds per thousand. */
const flushRows = 4 * chunkRows;

/** What was found in the records of one day. */
export class DayFindings {
  records = 0;
  readonly digest = new Digest();
  /** Kind and detail, as `kind\u0001detail`, and how many records show it. */
  readonly notes = new Map<string, number>();
  readonly #keys = new Set<string>();

  note(kind: NoteKind, detail: string): void {
    const key = `${kind}\u0001${detail}`;
    this.notes.set(key, (this.notes.get(key) ?? 0) + 1);
  }

  count(key: string): void {
    this.records++;
    if (this.#keys.has(key)) this.note('collision', '');
    else this.#keys.add(key);
  }
}

/** The name a value had on the newest day it was seen. */
export interface LabelFound {
  label: string;
  day: Day;
}

/**
 * Takes the records of an organization's days as they come, in any order, and appends those of the wanted days.
 * Nothing is merged: records with one key stay as they were sent, and add up in every sum.
 */
export class Intake {
  /** One for each wanted day. */
  readonly days: ReadonlyMap<Day, DayFindings>;
  readonly values: Readonly<Record<StoredDimension, Map<string, LabelFound>>>;
  readonly #appender: ChunkAppender;
  readonly #organizationId: string;
  readonly #asked: { from: Day; to: Day };
  readonly #decoder = new TextDecoder('utf-8', { fatal: true });
  #columns = emptyColumns();
  #unflushed = 0;
  #records = 0;

  /** `asked` may reach further than the wanted days, both ends included. */
  constructor(appender: ChunkAppender, organizationId: string, wanted: readonly Day[], asked: { from: Day; to: Day }) {
    this.#appender = appender;
    this.#organizationId = organizationId;
    this.#asked = asked;
    this.days = new Map(wanted.map((day) => [day, new DayFindings()]));
    this.values = {
      account: new Map(),
      category: new Map(),
      family: new Map(),
      metric: new Map(),
      zone: new Map(),
      region: new Map(),
      subscription: new Map(),
      chargeClass: new Map(),
    };
  }

  get records(): number {
    return this.#records;
  }

  accept(bytes: Uint8Array): void {
    const record = readRecord(this.#decoder.decode(bytes));
    if (!record?.day) {
      this.#first()?.note(record ? 'no-day' : 'odd-record', '');
      return;
    }
    const { day, cells } = record;
    const findings = this.days.get(day);
    if (!findings) {
      if (day < this.#asked.from || day > this.#asked.to) this.#first()?.note('outside', day);
      return;
    }
    findings.digest.add(bytes);
    findings.count(record.key);
    for (const [kind, detail] of record.notes) findings.note(kind, detail);
    this.#remember(day, cells);
    this.#push(day, cells);
  }

  /** Appends what is left. */
  finish(): void {
    this.#flushColumns();
    this.#appender.close();
  }

  /** Forgets what was not handed over yet. */
  abandon(): void {
    this.#appender.abandon();
  }

  /** Records that belong to no wanted day are noted on the first one. */
  #first(): DayFindings | undefined {
    return this.days.values().next().value;
  }

  #remember(day: Day, cells: readonly Cell[]): void {
    for (const { name, id, label } of labelCells) {
      const key = textOf(cells[id]);
      const named = textOf(cells[label]);
      const known = this.values[name].get(key);
      if (!known) this.values[name].set(key, { label: named || key, day });
      else if (day > known.day) {
        known.day = day;
        if (named) known.label = named;
      }
    }
  }

  #push(day: Day, cells: readonly Cell[]): void {
    const columns = this.#columns;
    columns[0]?.push(this.#organizationId);
    columns[1]?.push(day);
    for (let index = 0; index < cellsOfRecord; index++) columns[index + 2]?.push(cells[index] ?? null);
    columns[cellsOfRecord + 2]?.push(true);
    this.#records++;
    if (columns[0]?.length === chunkRows) this.#flushColumns();
  }

  #flushColumns(): void {
    const rows = this.#columns[0]?.length ?? 0;
    if (rows === 0) return;
    this.#appender.append(this.#columns);
    this.#columns = emptyColumns();
    this.#unflushed += rows;
    if (this.#unflushed < flushRows) return;
    this.#appender.flush();
    this.#unflushed = 0;
  }
}

/** The organization, the day, the record and `counted`. */
const emptyColumns = (): Cell[][] => Array.from({ length: cellsOfRecord + 3 }, () => []);

const textOf = (cell: Cell | undefined): string => (typeof cell === 'string' ? cell : '');

/** Where the key and the label of a dimension stand among the cells. */
const labelCells = storedDimensions.map(({ name, idField, labelField }) => ({
  name,
  id: cellOf(idField ?? labelField),
  label: cellOf(labelField),
}));
