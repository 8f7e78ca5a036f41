import { ArrowRight } from 'lucide-react';
import { Badge } from '../../ui/Badge.tsx';
import { Upstream } from '../../ui/Upstream.tsx';
import type { Change, Item } from './changes.ts';
import { lineFacts, mappingFacts, metricWords, overrideFacts, targetWords } from './words.ts';
import type { Names, WordedFact } from './words.ts';

const shownChanges = 200;

/** What an item says, in words. */
export function factsOf(item: Item, names: Names): WordedFact[] {
  switch (item.kind) {
    case 'line':
      return lineFacts(item.value, names.currency);
    case 'override':
      return overrideFacts(item.value, names);
    case 'mapping':
      return mappingFacts(item.value, names);
    case 'card':
      return [
        ['Name', item.value.name],
        ['Id', item.value.id],
        ['Version', item.value.version],
        ['Compiled', item.value.compiled],
        ['Currency', item.value.currency],
        ['Note', item.value.note],
      ];
  }
}

export function titleOf(item: Item, names: Names): string {
  switch (item.kind) {
    case 'line':
      return item.value.name;
    case 'override':
      return `${targetWords(item.value, names)}: ${metricWords(item.value, names)}`;
    case 'mapping':
      return item.value.metric;
    case 'card':
      return 'The card itself';
  }
}

export const kindWords: Readonly<Record<Item['kind'], string>> = {
  line: 'Line',
  override: 'Override',
  mapping: 'Mapping',
  card: 'Card',
};

/** What differs between two cards, item by item, in the words of the page. */
export function ChangeList({ changes, names }: { changes: readonly Change[]; names: Names }) {
  return (
    <ul className="grid gap-2.5">
      {changes.slice(0, shownChanges).map(({ kind, key, before, after }) => {
        const item = after ?? before;
        return (
          item && (
            <li key={key} className="rounded-md border border-line">
              <div className="flex items-center gap-2 border-b border-line bg-sunken px-2.5 py-1">
                <span className="text-xs text-muted">{kindWords[kind]}</span>
                <span className="min-w-0 truncate font-medium">
                  <Upstream>{titleOf(item, names)}</Upstream>
                </span>
                {!before && <Badge tone="success">Added</Badge>}
                {!after && <Badge tone="danger">Removed</Badge>}
              </div>
              <dl className="grid grid-cols-[6rem_minmax(0,1fr)] gap-x-3 gap-y-1 px-2.5 py-1.5">
                {differing(before && factsOf(before, names), after && factsOf(after, names)).map(([name, old, now]) => (
                  <div key={name} className="contents">
                    <dt className="text-muted">{name}</dt>
                    <dd className="min-w-0 break-words">
                      {old !== null && (
                        <del className={now === null ? 'text-muted' : 'text-muted no-underline'}>
                          <Upstream>{old || 'None'}</Upstream>
                        </del>
                      )}
                      {old !== null && now !== null && (
                        <ArrowRight role="img" aria-label="becomes" className="mx-1.5 inline size-3 text-muted" />
                      )}
                      {now !== null && (
                        <ins className="font-medium no-underline">
                          <Upstream>{now || 'None'}</Upstream>
                        </ins>
                      )}
                    </dd>
                  </div>
                ))}
              </dl>
            </li>
          )
        );
      })}
      {changes.length > shownChanges && <li className="text-muted">{`${changes.length - shownChanges} more`}</li>}
    </ul>
  );
}

/** Facts that differ; of something added or removed, those that say anything. */
function differing(
  before: readonly WordedFact[] | null,
  after: readonly WordedFact[] | null,
): [name: string, before: string | null, after: string | null][] {
  return (after ?? before ?? []).flatMap(([name], at): [string, string | null, string | null][] => {
    const old = before?.[at]?.[1] ?? null;
    const now = after?.[at]?.[1] ?? null;
    if (old === now) return [];
    return before && after ? [[name, old, now]] : old || now ? [[name, old, now]] : [];
  });
}
