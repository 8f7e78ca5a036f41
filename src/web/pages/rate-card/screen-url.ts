import type { SetUrl } from '../../lib/url-state.ts';
import { choice, maybeText, text } from '../../lib/url-values.ts';
import type { ValuesOf } from '../../lib/url-values.ts';
import { shownWords } from './rows.ts';

export const views = ['prices', 'overrides', 'mappings', 'versions'] as const;
export type View = (typeof views)[number];

export const screenUrl = {
  view: choice(views, 'prices'),
  q: text(),
  show: choice(shownWords, 'all'),
  /** What the panel shows, as `writeOpen` writes it. */
  open: maybeText(),
};
export type ScreenUrl = ValuesOf<typeof screenUrl>;
export type SetScreenUrl = SetUrl<typeof screenUrl>;

/** What the panel shows. */
export type Open =
  | { kind: 'line' | 'price' | 'map'; id: string }
  /** Null: a new one; then `metric` is what it begins with. */
  | { kind: 'override'; index: number | null; metric?: string }
  | { kind: 'version'; version: number };

export function writeOpen(open: Open): string {
  if (open.kind === 'override') return open.index === null ? `override:new:${open.metric ?? ''}` : `override:${open.index}`;
  return `${open.kind}:${open.kind === 'version' ? open.version : open.id}`;
}

export function readOpen(written: string | null): Open | null {
  const [, kind, rest = ''] = /^(\w+):(.*)$/s.exec(written ?? '') ?? [];
  const number = /^\d{1,9}$/.test(rest) ? Number(rest) : null;
  if (kind === 'line' || kind === 'price' || kind === 'map') return { kind, id: rest };
  if (kind === 'version') return number === null ? null : { kind, version: number };
  if (kind !== 'override') return null;
  if (number !== null) return { kind, index: number };
  const metric = rest.replace(/^new:/, '');
  return { kind, index: null, ...(metric && { metric }) };
}
