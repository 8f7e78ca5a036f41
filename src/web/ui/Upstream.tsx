import { Fragment } from 'react';
import { visibleText } from '../lib/bidi.ts';
import { tip } from './tip.ts';

/** Text that people of other organizations wrote: isolated from ours, with deceiving characters named in the open. */
export function Upstream({ children }: { children: string }) {
  return (
    <bdi>
      {visibleText(children).map((run) =>
        run.kind === 'text' ? (
          <Fragment key={run.at}>{run.text}</Fragment>
        ) : (
          <span
            key={run.at}
            className="mx-0.5 rounded-xs bg-warning-soft px-0.5 font-mono text-[0.85em] text-warning-ink"
            {...tip(`Hidden character: ${run.name}`)}
          >
            {run.code}
          </span>
        ),
      )}
    </bdi>
  );
}

/** The letters that a search found, marked. `hits` are half-open places in order. */
export function Highlight({ text, hits }: { text: string; hits: readonly (readonly [number, number])[] }) {
  if (hits.length === 0) return <Upstream>{text}</Upstream>;
  const parts = hits.map(([from, to], index) => ({
    before: text.slice(hits[index - 1]?.[1] ?? 0, from),
    hit: text.slice(from, to),
    from,
  }));
  return (
    <bdi>
      {parts.map(({ before, hit, from }) => (
        <Fragment key={from}>
          {before && <Upstream>{before}</Upstream>}
          <mark className="rounded-xs bg-mark text-ink">
            <Upstream>{hit}</Upstream>
          </mark>
        </Fragment>
      ))}
      <Upstream>{text.slice(hits.at(-1)?.[1] ?? 0)}</Upstream>
    </bdi>
  );
}
