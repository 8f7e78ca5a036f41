import { visibleLine } from './bidi.ts';

/**
 * A name from upstream inside a sentence of plain text, for toasts, titles and labels: its direction turns nothing
 * around it, and what hides in it is named. Where elements can stand, use `Upstream`.
 */
export function isolated(name: string): string {
  return `\u2068${visibleLine(name)}\u2069`;
}
