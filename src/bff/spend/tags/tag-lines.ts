import { breath } from '../../breath.ts';
import { isTagDimension, tagDimension } from '../../../contract/canopy/tag-key.ts';
import { TagValue } from '../../../contract/canopy/tags.ts';

export interface TagLine {
  /** From 1, as an editor counts. */
  line: number;
  accountId: string;
  key: string;
  value: string;
  /** Why it cannot be taken; null where it can. */
  problem: string | null;
}

const headings = /^(account[ _-]?id|account|billingaccountid|id)$/i;

/** Lines that are read between two turns of everything else. */
const linesOfTurn = 1_000;

/** Lines `account id, key, value`, parted by comma, semicolon or tab; quotes as in CSV. Empty lines are none. */
export async function readTagLines(text: string): Promise<TagLine[]> {
  const contents = text.replace(/^\ufeff/, '').split(/\r\n|\n|\r/);
  const seen = new Map<string, number>();
  const lines: TagLine[] = [];
  for (const [index, content] of contents.entries()) {
    if (index % linesOfTurn === linesOfTurn - 1) await breath();
    if (content.trim() === '') continue;
    const cells = cellsOf(content);
    const [accountId = '', rawKey = '', value = '', ...more] = cells.map((cell) => cell.trim());
    if (index === 0 && headings.test(accountId)) continue;
    const key = rawKey.toLowerCase();
    const read = { line: index + 1, accountId, key, value };
    const before = seen.get(`${accountId} ${key}`);
    const problem = problemOf(read, cells.length, more) ?? (before ? `line ${before} gives the account a ${key} already` : null);
    lines.push({ ...read, problem });
    if (problem === null) seen.set(`${accountId} ${key}`, read.line);
  }
  return lines;
}

function problemOf({ accountId, key, value }: Omit<TagLine, 'problem'>, cells: number, more: readonly string[]): string | null {
  if (cells < 3) return 'needs three cells: account id, key and value';
  if (more.some((cell) => cell !== '')) return `has ${cells} cells instead of three; quote a value that holds a separator`;
  if (accountId === '') return 'names no account';
  if (key === '') return 'has no key';
  if (!isTagDimension(tagDimension(key)))
    return `the key ${key.slice(0, 63)} must be 1 to 63 lower-case letters, digits, or . _ -`;
  if (value === '') return 'has no value';
  const checked = TagValue.safeParse(value);
  return checked.success ? null : `the value ${checked.error.issues[0]?.message ?? 'is not valid'}`;
}

/** The first separator that stands outside of quotes parts the whole line. */
function cellsOf(line: string): string[] {
  const outside = line.replace(/"(?:[^"]|"")*"/g, '');
  const separator = /[\t;,]/.exec(outside)?.[0] ?? ',';
  const cells: string[] = [];
  let cell = '';
  let quoted = false;
  for (let at = 0; at < line.length; at++) {
    const sign = line[at] ?? '';
    if (quoted) {
      if (sign !== '"') cell += sign;
      else if (line[at + 1] === '"') {
        cell += '"';
        at++;
      } else quoted = false;
    } else if (sign === '"' && cell.trim() === '') {
      quoted = true;
      cell = '';
    } else if (sign === separator) {
      cells.push(cell);
      cell = '';
    } else cell += sign;
  }
  return [...cells, cell];
}
