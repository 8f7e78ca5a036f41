import { unmarked, writeExact } from '../../contract/exact-json.ts';

/** One field that differs. A side that is absent had no such field, which is not the same as null. */
export interface FieldChange {
  /** `business_address.city`, `tags[2]`. */
  path: string;
  before: { value: unknown } | null;
  after: { value: unknown } | null;
}

export interface FieldDiff {
  changes: FieldChange[];
  /** Fields that are the same on both sides. */
  unchanged: { path: string; value: unknown }[];
}

type Fields = Readonly<Record<string, unknown>>;

function fieldsOf(value: unknown): Fields | null {
  if (typeof value !== 'object' || value === null) return null;
  return value as Fields; // arrays too: their indexes are their fields
}

function step(path: string, key: string, inArray: boolean): string {
  if (inArray) return `${path}[${key}]`;
  const name = unmarked(key);
  return path === '' ? name : `${path}.${name}`;
}

/**
 * The fields in which two JSON values differ, in the order of the first. It goes into objects and arrays that both sides
 * have; where only one side has one, the whole of it is one change.
 */
export function diffFields(before: unknown, after: unknown): FieldDiff {
  const diff: FieldDiff = { changes: [], unchanged: [] };
  walk('', { value: before }, { value: after }, diff);
  return diff;
}

function walk(path: string, before: { value: unknown } | null, after: { value: unknown } | null, diff: FieldDiff): void {
  const [one, other] = [before && fieldsOf(before.value), after && fieldsOf(after.value)];
  const alike = one && other && Array.isArray(one) === Array.isArray(other);
  const keys = alike ? [...new Set([...Object.keys(one), ...Object.keys(other)])] : [];
  if (alike && keys.length > 0) {
    for (const key of keys) {
      walk(step(path, key, Array.isArray(one)), fieldAt(one, key), fieldAt(other, key), diff);
    }
    return;
  }
  const same = before !== null && after !== null && JSON.stringify(before.value) === JSON.stringify(after.value);
  if (same) diff.unchanged.push({ path, value: before.value });
  else diff.changes.push({ path, before, after });
}

function fieldAt(fields: Fields, key: string): { value: unknown } | null {
  return Object.hasOwn(fields, key) ? { value: fields[key] } : null;
}

/** A value as JSON, over several lines where it has parts. */
export function jsonText(value: unknown): string {
  return writeExact(value, 2);
}
