import { auditFilterNames, auditFilters } from '../../../contract/cloudflare/audit.ts';
import type { AuditFilter } from '../../../contract/cloudflare/audit.ts';

/** The short word for each upstream filter, as people type it. */
export const fieldOfFilter: Readonly<Record<AuditFilter, string>> = {
  actor_email: 'actor',
  actor_id: 'actor-id',
  actor_type: 'actor-type',
  actor_context: 'via',
  actor_ip_address: 'ip',
  actor_token_name: 'token',
  actor_token_id: 'token-id',
  action_type: 'action',
  action_result: 'result',
  resource_product: 'product',
  resource_type: 'type',
  resource_id: 'resource',
  resource_scope: 'scope',
  raw_cf_ray_id: 'ray',
  raw_method: 'method',
  raw_status_code: 'status',
  raw_uri: 'uri',
  id: 'id',
};

/** One condition: the values are alternatives; `exclude` keeps what has none of them. */
export interface FilterTerm {
  kind: 'filter';
  filter: AuditFilter;
  exclude: boolean;
  values: readonly string[];
}
/** Words upstream has no parameter for: they choose among the loaded rows only. */
export interface TextTerm {
  kind: 'text';
  text: string;
}
export type Term = FilterTerm | TextTerm;

/** Writes terms so that `parseQuery` reads the same ones. */
export function formatQuery(terms: readonly Term[]): string {
  return terms
    .map((term) =>
      term.kind === 'text'
        ? term.text
            .split(/\s+/)
            .filter(Boolean)
            .map((word) => (/^-?[A-Za-z][\w-]*:/.test(word) || word.includes('"') ? quote(word) : word))
            .join(' ')
        : `${term.exclude ? '-' : ''}${fieldOfFilter[term.filter]}:${term.values.map((value) => (/[\s,"]/.test(value) || value === '' ? quote(value) : value)).join(',')}`,
    )
    .filter(Boolean)
    .join(' ');
}

/** Adds values to the term of the same filter and sign, and takes them out of the opposite one. */
export function withTerm(terms: readonly Term[], added: FilterTerm): Term[] {
  const kept = terms.flatMap((term): Term[] => {
    if (term.kind === 'text' || term.filter !== added.filter || term.exclude === added.exclude) return [term];
    const values = term.values.filter((value) => !added.values.includes(value));
    return values.length > 0 ? [{ ...term, values }] : [];
  });
  addTerm(kept, added);
  return kept;
}

/** The upstream parameters of the terms, `.not` for those that exclude. */
export function toSearch(terms: readonly Term[]): URLSearchParams {
  const search = new URLSearchParams();
  for (const term of terms) {
    if (term.kind === 'text') search.append('text', term.text);
    else for (const value of term.values) search.append(term.exclude ? `${term.filter}.not` : term.filter, value);
  }
  return search;
}

/** The terms that a URL holds; parameters it does not know are left to others. */
export function fromSearch(search: URLSearchParams): Term[] {
  const terms: Term[] = [];
  for (const [name, value] of search) {
    const exclude = name.endsWith('.not');
    const filter = auditFilterNames.find((known) => known === (exclude ? name.slice(0, -4) : name));
    if (filter && auditFilters[filter].schema.safeParse(value).success)
      addTerm(terms, { kind: 'filter', filter, exclude, values: [value] });
  }
  const text = search.get('text');
  if (text) terms.push({ kind: 'text', text });
  return terms;
}

/** Joins a term with the one of the same filter and sign; words stay last. */
export function addTerm(terms: Term[], added: FilterTerm): void {
  const at = terms.findIndex((term) => term.kind === 'filter' && term.filter === added.filter && term.exclude === added.exclude);
  const present = terms[at];
  if (present?.kind === 'filter') terms[at] = { ...present, values: [...new Set([...present.values, ...added.values])] };
  else {
    const end = terms.findIndex((term) => term.kind === 'text');
    terms.splice(end === -1 ? terms.length : end, 0, { ...added, values: [...new Set(added.values)] });
  }
}

const quote = (value: string) => `"${value.replace(/[\\"]/g, '\\$&')}"`;
