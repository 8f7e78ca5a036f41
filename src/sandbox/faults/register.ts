import type { ActiveRule, Fault, FaultRule, RuleMatch } from './rules.ts';

type Rule = { -readonly [K in keyof ActiveRule]: ActiveRule[K] };

/** A fault that is to happen now. */
export interface Strike {
  readonly ruleId: string;
  readonly fault: Fault;
  /** How often the rule struck before. */
  readonly earlier: number;
  /** What the fault remembers from strike to strike. */
  readonly memory: Map<string, unknown>;
}

/** The rules in force, oldest first; the first that matches strikes. */
export class FaultRegister {
  readonly #rules = new Map<string, { rule: Rule; memory: Map<string, unknown> }>();
  #made = 0;

  add(input: FaultRule): ActiveRule {
    this.#made += 1;
    const rule: Rule = {
      id: input.id ?? `fault-${this.#made}`,
      match: input.match ?? {},
      times: input.times,
      after: input.after ?? 0,
      fault: input.fault,
      seen: 0,
      hits: 0,
    };
    this.#rules.set(rule.id, { rule, memory: new Map() });
    return { ...rule };
  }

  list(): readonly ActiveRule[] {
    return [...this.#rules.values()].map(({ rule }) => structuredClone(rule));
  }

  clear(): void {
    this.#rules.clear();
  }

  /** False where there is no such rule. */
  remove(id: string): boolean {
    return this.#rules.delete(id);
  }

  /** The fault for a request, counted as struck, or null. */
  strike(method: string, path: string): Strike | null {
    for (const { rule, memory } of this.#rules.values()) {
      if (!matches(rule.match, method, path)) continue;
      if (rule.times !== null && rule.hits >= rule.times) continue;
      rule.seen += 1;
      if (rule.seen <= rule.after) continue;
      rule.hits += 1;
      return { ruleId: rule.id, fault: rule.fault, earlier: rule.hits - 1, memory };
    }
    return null;
  }
}

export function matches(match: RuleMatch, method: string, path: string): boolean {
  if (match.method !== undefined && match.method.toUpperCase() !== method) return false;
  if (match.path !== undefined && !fits(match.path.replace(/^\/client\/v4(?=\/)/, ''), path)) return false;
  return match.organizationId === undefined || path.split('/').includes(match.organizationId);
}

/** `*` stands for any text. */
function fits(pattern: string, path: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop();
  if (last === undefined) return path === first;
  if (!path.startsWith(first)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = path.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return path.length - last.length >= at && path.endsWith(last);
}
