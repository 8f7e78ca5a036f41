import type { FieldProblem } from '../query.ts';
import { nameKey } from './rate-card-match.ts';
import { RateCard } from './rate-card.ts';
import type { Line, Override } from './rate-card.ts';

export type ReadCard = { card: RateCard } | { problems: readonly FieldProblem[] };

/** Reads a rate card that a person wrote. Every problem names its field, as in `lines.3.price.amount`. */
export function readRateCard(value: unknown): ReadCard {
  const read = RateCard.safeParse(value);
  if (!read.success) return { problems: read.error.issues.flatMap(shapeProblems) };
  const problems = rateCardProblems(read.data);
  return problems.length > 0 ? { problems } : { card: read.data };
}

/** What is wrong with a card that has the right shape: names that meet, overrides that overlap. */
export const rateCardProblems = (card: RateCard): FieldProblem[] => [
  ...lineProblems(card.lines),
  ...overrideProblems(card),
  ...mappingProblems(card),
];

interface Issue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly keys?: readonly string[];
}

function shapeProblems({ path, message, keys }: Issue): FieldProblem[] {
  const field = path.map(String).join('.');
  if (keys) return keys.map((key) => ({ field: field ? `${field}.${key}` : key, message: 'is not a field of a rate card' }));
  return [
    { field: field || 'card', message: message.startsWith('Invalid input') ? 'is missing or has the wrong form' : message },
  ];
}

function lineProblems(lines: readonly Line[]): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const metrics = new Set<string>();
  const names = new Map<string, string>();
  const pools = new Map<string, Line>();
  for (const [index, line] of lines.entries()) {
    const problem = (field: string, message: string) => problems.push({ field: `lines.${index}.${field}`, message });
    if (metrics.has(line.metric)) problem('metric', `${line.metric} has a line already`);
    metrics.add(line.metric);
    for (const [field, name] of [['name', line.name] as const, ...line.aliases.map((alias) => ['aliases', alias] as const)]) {
      const other = names.get(nameKey(name));
      if (other !== undefined && other !== line.metric) problem(field, `${name} is a name of ${other} already`);
      names.set(nameKey(name), line.metric);
    }
    if (line.from !== null && line.until !== null && line.from >= line.until) problem('until', 'must be after from');
    if (line.price !== null && line.status === 'contract-only') problem('status', 'contract-only has no list price');
    if (line.price === null && line.status !== 'contract-only')
      problem('price', 'may be null only where the status is contract-only');
    if (line.included.per === 'none' && /[1-9]/.test(line.included.quantity))
      problem('included.per', 'must say how often the quantity is included');
    const { pool } = line.included;
    if (pool === null) continue;
    const adds = line.aggregation === 'sum' || line.aggregation === 'gb-month';
    if (line.included.per !== 'account-cycle' || !adds)
      problem('included.pool', 'may be shared only by quantities that add up, once an account and cycle');
    const first = pools.get(pool) ?? line;
    pools.set(pool, first);
    if (first.unit !== line.unit || first.included.quantity !== line.included.quantity)
      problem('included.pool', `must have the unit and included quantity of ${first.metric}, which shares it`);
  }
  return problems;
}

function overrideProblems({ lines, overrides }: RateCard): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const metrics = new Set(lines.map((line) => line.metric));
  const alike = new Map<string, { name: string; of: Placed[] }>();
  for (const [index, override] of overrides.entries()) {
    const problem = (field: string, message: string) => problems.push({ field: `overrides.${index}.${field}`, message });
    const { organization, account, metric, from, until } = override;
    if (organization !== undefined && account !== undefined) problem('account', 'cannot stand beside an organization');
    if (metric !== undefined && !metrics.has(metric)) problem('metric', `${metric} has no line: add one to price it`);
    if (metric === undefined && override.price) problem('price', 'needs a metric: one price cannot fit every line');
    if (metric === undefined && override.included) problem('included', 'needs a metric: one allowance cannot fit every line');
    if (from !== undefined && until !== undefined && from >= until) problem('until', 'must be after from');
    const said = (['price', 'discount', 'included'] as const).filter((name) => override[name] !== undefined);
    if (said.length === 0) problem('price', 'or a discount or an included quantity must be given');
    for (const name of said) {
      const key = JSON.stringify([organization, account, metric, name]);
      const others = alike.get(key) ?? { name, of: [] };
      others.of.push({ index, override });
      alike.set(key, others);
    }
  }
  for (const { name, of } of alike.values())
    for (const { earlier, later } of overlaps(of))
      problems.push({
        field: `overrides.${later}.${name}`,
        message: `is given by overrides.${earlier} for some of the same days`,
      });
  return problems;
}

interface Placed {
  index: number;
  override: Override;
}

/** Overrides of one thing that share a day, in pairs. By first day only the one that lasts longest can reach the next. */
function overlaps(overrides: readonly Placed[]): { earlier: number; later: number }[] {
  const start = ({ override }: Placed): string => override.from ?? '';
  const byStart = overrides.toSorted((a, b) => (start(a) < start(b) ? -1 : start(a) > start(b) ? 1 : a.index - b.index));
  const found: { earlier: number; later: number }[] = [];
  let longest: Placed | undefined;
  for (const one of byStart) {
    if (longest && shareDays(longest.override, one.override))
      found.push({ earlier: Math.min(longest.index, one.index), later: Math.max(longest.index, one.index) });
    if (!longest || lastsLonger(one.override, longest.override)) longest = one;
  }
  return found;
}

const lastsLonger = (a: Override, b: Override): boolean => b.until !== undefined && (a.until === undefined || a.until > b.until);
const shareDays = (a: Override, b: Override): boolean =>
  (a.until === undefined || b.from === undefined || b.from < a.until) &&
  (b.until === undefined || a.from === undefined || a.from < b.until);

function mappingProblems({ lines, mappings }: RateCard): FieldProblem[] {
  const metrics = new Set(lines.map((line) => line.metric));
  const mapped = new Set<string>();
  return mappings.flatMap(({ metric, line }, index) => {
    const problems: FieldProblem[] = [];
    if (!metrics.has(line)) problems.push({ field: `mappings.${index}.line`, message: `${line} is no line of the card` });
    if (mapped.has(nameKey(metric))) problems.push({ field: `mappings.${index}.metric`, message: `${metric} is mapped already` });
    mapped.add(nameKey(metric));
    return problems;
  });
}
