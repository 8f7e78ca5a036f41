import type { AuditFilter } from '../../../contract/cloudflare/audit.ts';
import { withTerm } from './query-language.ts';
import type { Term } from './query-language.ts';

/** The values of a filter that are kept, or left out. */
export function valuesOf(terms: readonly Term[], filter: AuditFilter, exclude: boolean): string[] {
  return terms.flatMap((term) =>
    term.kind === 'filter' && term.filter === filter && term.exclude === exclude ? term.values : [],
  );
}

/** The terms with exactly these values of a filter kept, or left out. */
export function withValues(terms: readonly Term[], filter: AuditFilter, exclude: boolean, values: readonly string[]): Term[] {
  const others = terms.filter((term) => term.kind === 'text' || term.filter !== filter || term.exclude !== exclude);
  return values.length === 0 ? others : withTerm(others, { kind: 'filter', filter, exclude, values });
}
