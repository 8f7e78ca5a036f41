/**
 * JSON of others, passed on and shown as it was written. A number that a double cannot hold, such as 9007199254740993,
 * is a marked text meanwhile and written as the digits that came. Nobody outside can make the mark: it is a new one in
 * every process and every page.
 */
const mark = `\ue0fe${crypto.getRandomValues(new Uint32Array(4)).join('-')}:`;
const keyMark = `${mark}key:`;
const markedNumber = new RegExp(`"${mark}(-?[\\d.eE+-]+)"`, 'g');

/** Worth a closer look: sixteen digits in a row, with a point anywhere. */
const suspect = /\d[\d.]{15}/;
/** Also numbers that would be written in another way, `1.50`, `1e3` or `0.0000001`, and keys that an object would put first. */
const unusual = /\d[\d.]{15}|[:,[\s]-?\d+(?:\.\d+)?[eE]|[:,[\s]-?\d+\.\d*0[\s,}\]]|[:,[\s](?:-0|0\.0{6})|"\d+"\s*:/;
const stringOrNumber = /"(?:[^"\\]|\\.)*"(?:\s*:)?|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
const integerKey = /^"(\d+)"\s*:$/;
const mostSafeDigits = 15;

/**
 * The value of valid JSON with every such number as a marked text; null where there is none, which is nearly always.
 * `verbatim` is for JSON that nobody counts with: there every number keeps its digits, `1.50` too, and keys their order.
 */
export function parseExact(json: string, verbatim = false): unknown {
  if (!(verbatim ? unusual : suspect).test(json)) return null;
  let found = false;
  const exact = json.replace(stringOrNumber, (token) => {
    const key = verbatim ? integerKey.exec(token)?.[1] : undefined;
    if (key === undefined && (token.startsWith('"') || (verbatim ? String(Number(token)) === token : isHeld(token))))
      return token;
    found = true;
    return key === undefined ? `"${mark}${token}"` : `"${keyMark}${key}":`;
  });
  if (!found) return null;
  const value: unknown = JSON.parse(exact);
  return value;
}

/** The value of JSON that is only shown, with what `JSON.parse` would lose as marked texts. Throws where it is not JSON. */
export function readVerbatim(json: string): unknown {
  const value: unknown = JSON.parse(json);
  return parseExact(json, true) ?? value;
}

/** JSON of a value, with marked texts as the numbers and keys that they were. */
export function writeExact(value: unknown, indent?: number): string {
  const json = JSON.stringify(value, null, indent) ?? 'undefined';
  return json.includes(mark) ? json.replace(markedNumber, '$1').replaceAll(keyMark, '') : json;
}

/** A text or a key without its mark. */
export const unmarked = (text: string): string =>
  text.startsWith(mark) ? text.slice(text.startsWith(keyMark) ? keyMark.length : mark.length) : text;

/** Whether a double gives the same digits back. */
function isHeld(token: string): boolean {
  const digits = token
    .replace(/[eE].*$/, '')
    .replace(/\D/g, '')
    .replace(/^0+/, '');
  return digits.length <= mostSafeDigits || String(Number(token)) === token;
}
