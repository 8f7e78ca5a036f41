import { ChevronRight } from 'lucide-react';
import { unmarked, writeExact } from '../../contract/exact-json.ts';
import { visibleLine } from '../lib/bidi.ts';
import { plural } from '../lib/format.ts';
import { CopyButton } from './CopyId.tsx';
import { jsonText } from './json-diff.ts';

const openLevels = 2;
const mostParts = 500;

function isParts(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function Leaf({ value }: { value: unknown }) {
  const json = writeExact(value);
  const tone = json.startsWith('"') ? 'text-ink' : value === null ? 'text-faint' : 'text-accent-ink';
  return <span className={`${tone} break-words whitespace-pre-wrap`}>{visibleLine(json)}</span>;
}

function Node({ name, value, level }: { name: string; value: unknown; level: number }) {
  const key = name !== '' && <span className="text-muted">{visibleLine(unmarked(name))}: </span>;
  if (!isParts(value) || Object.keys(value).length === 0) {
    return (
      <div className="pl-4.5">
        {key}
        <Leaf value={value} />
      </div>
    );
  }
  const parts = Object.entries(value);
  const words = Array.isArray(value) ? plural(parts.length, 'item') : plural(parts.length, 'field');
  return (
    <details open={level < openLevels} className="group/json">
      <summary className="flex cursor-default list-none items-center gap-1 rounded-xs hover:bg-hover focus-inside">
        <ChevronRight className="size-3.5 text-faint [details[open]>summary>&]:rotate-90" />
        <span>
          {key}
          <span className="font-sans text-faint">{words}</span>
        </span>
      </summary>
      <div className="ml-1.75 border-l border-line pl-2">
        {parts.slice(0, mostParts).map(([part, inner]) => (
          <Node key={part} name={part} value={inner} level={level + 1} />
        ))}
        {parts.length > mostParts && (
          <p className="pl-4.5 font-sans text-xs text-muted">
            {plural(parts.length - mostParts, 'more part')}; copy to see all of it
          </p>
        )}
      </div>
    </details>
  );
}

/** Any JSON as it was sent, folded below the second level. */
export function JsonTree({ value, label }: { value: unknown; label: string }) {
  return (
    <section
      aria-label={label}
      className="mono relative overflow-x-auto rounded-md border border-line bg-sunken py-1.5 pr-8 pl-1.5"
    >
      <span className="absolute top-1.5 right-2 inline-flex">
        <CopyButton text={jsonText(value)} label={label} />
      </span>
      <Node name="" value={value} level={0} />
    </section>
  );
}
