import type { ChunkAppender } from '../../database/appender.ts';
import type { Cell } from '../../database/values.ts';
import type { Day } from '../days.ts';
import { Digest } from './digest.ts';
import { readRecord, wordOf } from './record.ts';
import type { RecordNoteKind, ReadRecord } from './record.ts';
import type { SeriesBook } from './series.ts';
import { storedDimensions } from '../dimensions.ts';
import type { StoredDimension } from '../dimensions.ts';

/** Characters of the rows that are held before they are appended: a row may be as long as thirty thousand of them. */
const mostCharacters = 2_000_000;

/** What was found in the records of one day. */
export class DayFindings {
  records = 0;
  readonly digest = new Digest();
  /** Kind and detail, as `kind\u0001detail`, and how many records show it. */
  readonly notes = new Map<string, number>();

  note(kind: RecordNoteKind, detail: string): void {
    const key = `${kind}\u0001${detail}`;
    this.notes.set(key, (this.notes.get(key) ?? 0) + 1);
  }
}

/** Days that upstream was asked for with one call. */
export interface Call {
  /** Those that are wanted. */
  from: Day;
  through: Day;
  /** The last one that was asked for: that, or the day after it. */
  to: Day;
}

/** The name a value had on the newest day it was seen. */
export interface LabelFound {
  label: string;
  day: Day;
}

/**
 * Takes the records of an organization's days as they come, in any order, and appends those of the wanted days and their
 * series. Nothing is merged: records with one key stay as they were sent, and add up in every sum.
 */
export class Intake {
  /** One for each wanted day. */
  readonly days: ReadonlyMap<Day, DayFindings>;
  readonly values: Readonly<Record<StoredDimension, Map<string, LabelFound>>>;
  readonly #appender: ChunkAppender;
  readonly #decoder = new TextDecoder('utf-8', { fatal: true });
  readonly #series: SeriesBook;
  readonly #counted: boolean;
  #columns: Cell[][] = [];
  #rows = 0;
  #characters = 0;
  #records = 0;

  /** Records that do not count are kept all the same. */
  constructor(appender: ChunkAppender, series: SeriesBook, wanted: readonly Day[], counted = true) {
    this.#counted = counted;
    this.#appender = appender;
    this.#series = series;
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

  /**
   * Takes a record as upstream sent it, of the days of its call alone. One without a day belongs to the call; where that asks
   * for the day after as well, it may be of that day, and be noted there too.
   */
  accept(bytes: Uint8Array, { from, through, to }: Call): void {
    const record = readRecord(this.#decoder.decode(bytes));
    if (!record?.day) {
      this.days.get(from)?.note(record ? 'no-day' : 'odd-record', '');
      return;
    }
    const { day } = record;
    const findings = day >= from && day <= through ? this.days.get(day) : undefined;
    if (!findings) {
      if (day < from || day > to) this.days.get(from)?.note('outside', day);
      return;
    }
    findings.digest.add(bytes);
    findings.records++;
    for (const [kind, detail] of record.notes) findings.note(kind, detail);
    this.#remember(day, record);
    this.#push(day, record);
  }

  /** Takes a record that was read from something else than upstream's answer. */
  take(record: ReadRecord): void {
    const findings = record.day === null ? undefined : this.days.get(record.day);
    if (record.day === null || !findings) return;
    findings.records++;
    this.#remember(record.day, record);
    this.#push(record.day, record);
  }

  /** Appends what is left, of records and of their series. */
  finish(): void {
    this.#append();
    this.#appender.close();
    this.#series.finish();
  }

  /** Forgets what was not handed over yet. */
  abandon(): void {
    this.#appender.abandon();
    this.#series.abandon();
  }

  #remember(day: Day, record: ReadRecord): void {
    for (const { name, id, label } of labelWords) {
      const key = record.words[id] ?? '';
      const named = record.words[label] ?? '';
      const known = this.values[name].get(key);
      if (!known) this.values[name].set(key, { label: named || key, day });
      else if (day > known.day) {
        known.day = day;
        if (named) known.label = named;
      }
    }
  }

  #push(day: Day, { series, words, values }: ReadRecord): void {
    this.#put(0, this.#series.numberOf(series, words));
    this.#put(1, day);
    for (let index = 0; index < values.length; index++) {
      const cell = values[index] ?? null;
      if (typeof cell === 'string') this.#characters += cell.length;
      this.#put(index + 2, cell);
    }
    this.#put(values.length + 2, this.#counted);
    this.#records++;
    this.#rows++;
    if (this.#rows === this.#appender.mostRows || this.#characters > mostCharacters) this.#append();
  }

  #put(column: number, cell: Cell): void {
    (this.#columns[column] ??= []).push(cell);
  }

  #append(): void {
    if (this.#rows === 0) return;
    this.#appender.append(this.#columns, this.#characters);
    this.#columns = [];
    this.#rows = 0;
    this.#characters = 0;
  }
}

/** Where the key and the label of a dimension stand among the words. */
const labelWords = storedDimensions.map(({ name, idField, labelField }) => ({
  name,
  id: wordOf(idField ?? labelField),
  label: wordOf(labelField),
}));
