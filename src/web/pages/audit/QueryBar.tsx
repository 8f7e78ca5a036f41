import { Search, X } from 'lucide-react';
import { useId, useRef, useState } from 'react';
import { Kbd } from '../../ui/Kbd.tsx';
import { Switch } from '../../ui/Switch.tsx';
import type { QueryProblem } from './parse-query.ts';
import { fieldOfFilter, formatQuery } from './query-language.ts';
import type { Term } from './query-language.ts';

/** What reads the typed text comes with the first focus. */
const importParser = () => import('./parse-query.ts').catch(() => null);
const noParser: QueryProblem = {
  from: 0,
  to: 0,
  message: 'A part of Canopy did not load. Press Enter again.',
};

interface Props {
  terms: readonly Term[];
  onChange: (terms: Term[]) => void;
}

/** The query as tokens or as plain text; both are the same terms, and the URL holds them. */
export function QueryBar({ terms, onChange }: Props) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [asText, setAsText] = useState(false);
  const [typed, setTyped] = useState('');
  const [draft, setDraft] = useState<string | null>(null);
  const [problems, setProblems] = useState<readonly QueryProblem[]>([]);
  const whole = draft ?? formatQuery(terms);

  const commit = async (text: string, keep: readonly Term[], done: () => void) => {
    const parser = await importParser();
    if (!parser) {
      setProblems([noParser]);
      return;
    }
    const read = parser.addQuery(keep, text);
    setProblems(read.problems);
    if (read.problems.length > 0) return;
    done();
    onChange(read.terms);
  };
  const words = terms.find((term) => term.kind === 'text');

  return (
    <div className="px-(--gutter) pt-3">
      <div className="flex min-h-9 flex-wrap items-center gap-1.5 rounded-md border border-line-control bg-raised px-2.5 py-1 focus-within:outline-2 focus-within:outline-offset-1 focus-within:outline-ring">
        <Search aria-hidden className="size-4 shrink-0 text-muted" />
        {!asText &&
          terms.map((term) => (
            <span
              key={term.kind === 'text' ? 'text' : `${term.filter} ${String(term.exclude)}`}
              className={`mono inline-flex max-w-full items-center gap-1 rounded-sm border px-1.5 ${term.kind === 'text' ? 'border-warning-line border-dotted' : term.exclude ? 'border-danger-line bg-danger-soft' : 'border-accent-line bg-accent-soft'}`}
            >
              <button
                type="button"
                className="truncate"
                aria-label={`Edit ${formatQuery([term])}`}
                onClick={() => {
                  setTyped([formatQuery([term]), typed].filter(Boolean).join(' '));
                  onChange(terms.filter((one) => one !== term));
                  input.current?.focus();
                }}
              >
                {formatQuery([term])}
              </button>
              <button
                type="button"
                className="grid size-6 place-items-center"
                aria-label={`Remove ${formatQuery([term])}`}
                onClick={() => onChange(terms.filter((one) => one !== term))}
              >
                <X aria-hidden className="size-3" />
              </button>
            </span>
          ))}
        <input
          ref={input}
          type="search"
          className="mono min-w-40 flex-1 bg-transparent outline-none [&::-webkit-calendar-picker-indicator]:hidden! [&::-webkit-search-cancel-button]:hidden"
          aria-label={asText ? 'Query' : 'Add to the query'}
          aria-describedby={`${id}-problems`}
          aria-invalid={problems.length > 0 || undefined}
          list={`${id}-fields`}
          spellCheck={false}
          autoComplete="off"
          placeholder={terms.length === 0 || asText ? 'actor:ana@team.example -via:dash' : 'field:value'}
          value={asText ? whole : typed}
          onFocus={() => void importParser()}
          onChange={(event) => (asText ? setDraft(event.target.value) : setTyped(event.target.value))}
          onKeyDown={(event) => {
            if (event.key === 'Enter') {
              event.preventDefault();
              if (asText) {
                void commit(whole, [], () => setDraft(null));
              } else void commit(typed, terms, () => setTyped(''));
            } else if (event.key === 'Backspace' && !asText && typed === '') onChange(terms.slice(0, -1));
          }}
          onBlur={() => {
            if (asText && draft !== null) void commit(draft, [], () => setDraft(null));
          }}
        />
        <datalist id={`${id}-fields`}>
          {Object.values(fieldOfFilter).map((field) => (
            <option key={field} value={`${field}:`}>{`${field}:`}</option>
          ))}
        </datalist>
        <Switch
          label="Chips"
          checked={!asText}
          onChange={(chips) => {
            setAsText(!chips);
            setProblems([]);
            setDraft(null);
          }}
        />
        <span className="max-sm:hidden">
          <Kbd keys="/" />
        </span>
      </div>
      <div id={`${id}-problems`} aria-live="polite" className="text-xs">
        {problems.map((problem) => (
          <p key={problem.from} className="mt-1 text-danger-ink">
            <code className="mono underline decoration-wavy">{(asText ? whole : typed).slice(problem.from, problem.to)}</code>{' '}
            {problem.message}
          </p>
        ))}
        {words && (
          <p className="mt-1 text-warning-ink">
            Words without a field choose among the loaded rows only; Cloudflare’s log cannot be searched by text.
          </p>
        )}
      </div>
    </div>
  );
}
