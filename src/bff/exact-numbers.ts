/**
 * Numbers that a double cannot hold, such as 9007199254740993. Between upstream and browser they travel as marked texts
 * and are written as the digits that came. Nobody outside can make the mark: it is a new one in every process.
 */
const mark = `\ue0fe${crypto.randomUUID()}:`;
const marked = new RegExp(`"${mark}(-?[\\d.eE+-]+)"`, 'g');

/** Worth a closer look: sixteen digits in a row, with a point anywhere. */
const suspect = /\d[\d.]{15}/;
const stringOrNumber = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
const mostSafeDigits = 15;

/** The value of valid JSON with every such number as a marked text; null where there is none, which is nearly always. */
export function parseExact(json: string): unknown {
  if (!suspect.test(json)) return null;
  let found = false;
  const exact = json.replace(stringOrNumber, (token) => {
    if (token.startsWith('"') || isHeld(token)) return token;
    found = true;
    return `"${mark}${token}"`;
  });
  if (!found) return null;
  const value: unknown = JSON.parse(exact);
  return value;
}

/** JSON of a value, with marked texts as the numbers that they were. */
export function writeExact(value: unknown): string {
  const json = JSON.stringify(value);
  return json.includes(mark) ? json.replace(marked, '$1') : json;
}

/** A text without its mark. */
export const unmarked = (text: string): string => (text.startsWith(mark) ? text.slice(mark.length) : text);

/** Whether a double gives the same digits back. */
function isHeld(token: string): boolean {
  const digits = token
    .replace(/[eE].*$/, '')
    .replace(/\D/g, '')
    .replace(/^0+/, '');
  return digits.length <= mostSafeDigits || String(Number(token)) === token;
}
