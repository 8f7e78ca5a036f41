import { auditFilterNames, auditFilters } from '../../../contract/cloudflare/audit.ts';
import type { AuditFilter } from '../../../contract/cloudflare/audit.ts';
import { addTerm, fieldOfFilter, withTerm } from './query-language.ts';
import type { Term } from './query-language.ts';

const filterOfField = new Map<string, AuditFilter>(
  auditFilterNames.flatMap((name) => [[fieldOfFilter[name], name] as const, [name, name] as const]),
);

/** A part of the text that cannot be a term, where it stands, and why. */
export interface QueryProblem {
  from: number;
  to: number;
  message: string;
}

/** A token with its place in the text, for underlining. */
interface Token {
  text: string;
  from: number;
  to: number;
}

/**
 * Reads `actor:a@b.example -via:dash action:delete,update token:"ci provision" some words`.
 * Terms narrow together, values after a comma are alternatives. Terms of the same filter and sign are joined.
 */
export function parseQuery(text: string): { terms: Term[]; problems: QueryProblem[] } {
  const terms: Term[] = [];
  const problems: QueryProblem[] = [];
  const words: string[] = [];
  for (const token of tokens(text)) {
    const parts = /^(-?)([A-Za-z][\w-]*):(.*)$/s.exec(token.text);
    if (!parts) {
      words.push(unquote(token.text));
      continue;
    }
    const [, sign, field = '', rest = ''] = parts;
    const filter = filterOfField.get(field.toLowerCase());
    const problem = (message: string) => problems.push({ from: token.from, to: token.to, message });
    if (!filter) {
      problem(
        `${field} is not a field; the fields are ${[...filterOfField.keys()].filter((name) => !name.includes('_')).join(', ')}.`,
      );
      continue;
    }
    const values = splitValues(rest);
    if (values.length === 0) problem(`${field} needs a value.`);
    else {
      const refused = values.map((value) => auditFilters[filter].schema.safeParse(value)).find((read) => !read.success);
      if (refused?.error) problem(`${field} ${refused.error.issues[0]?.message ?? 'is not valid'}.`);
      else addTerm(terms, { kind: 'filter', filter, exclude: sign === '-', values });
    }
  }
  if (words.length > 0) terms.push({ kind: 'text', text: words.join(' ') });
  return { terms, problems };
}

/** What `text` adds to terms: alternatives join those that are there, words follow the words. */
export function addQuery(terms: readonly Term[], text: string): { terms: Term[]; problems: QueryProblem[] } {
  const read = parseQuery(text);
  let next: Term[] = [...terms];
  for (const term of read.terms) {
    if (term.kind === 'filter') next = withTerm(next, term);
    else {
      const words = next.flatMap((one) => (one.kind === 'text' ? one.text : []));
      next = [...next.filter(({ kind }) => kind !== 'text'), { kind: 'text', text: [...words, term.text].join(' ') }];
    }
  }
  return { terms: next, problems: read.problems };
}

/** Splits at white space outside quotes. */
function tokens(text: string): Token[] {
  return [...text.matchAll(/(?:"(?:[^"\\]|\\.)*"?|[^\s"])+/gs)].map((match) => ({
    text: match[0],
    from: match.index,
    to: match.index + match[0].length,
  }));
}

/** Splits at commas outside quotes; empty alternatives are dropped. */
function splitValues(text: string): string[] {
  return (text.match(/(?:"(?:[^"\\]|\\.)*"?|[^,"])+/gs) ?? []).map(unquote).filter((value) => value !== '');
}

const unquote = (text: string) => text.replace(/"((?:[^"\\]|\\.)*)"?/gs, (_, inside: string) => inside.replace(/\\(.)/gs, '$1'));
