/** The chart as a picture to take away: what is drawn on the page, with what the page says around it. */

/** A shape in the words of SVG, with colours that any program knows. */
export type Mark =
  | { kind: 'path'; d: string; fill: Paint; stroke: Paint; width: number; dash: readonly number[] }
  | {
      kind: 'text';
      text: string;
      x: number;
      y: number;
      size: number;
      weight: number;
      anchor: 'start' | 'middle' | 'end';
      fill: string;
    };

/** A colour, `hatch` for the hatching of what is not settled, or nothing. */
export type Paint = string | null;

export interface Picture {
  width: number;
  height: number;
  background: string;
  font: string;
  marks: readonly Mark[];
}

/** What stands around the drawing. */
export interface Caption {
  title: string;
  /** Total, range, basis: one line each. */
  facts: readonly string[];
  legend: readonly { paint: string; label: string }[];
  /** When it was made, and by what. */
  note: string;
}

export interface Inks {
  ink: string;
  muted: string;
  ground: string;
}

const gap = 24;
const least = 430;

/** Puts a drawing of the page under its title and over its legend. `measure` answers how wide a text of 12 px is. */
export function framed(
  drawing: { width: number; height: number; marks: readonly Mark[] },
  { title, facts, legend, note }: Caption,
  { ink, muted, ground }: Inks,
  font: string,
  measure: (text: string) => number,
): Picture {
  const width = Math.max(least, drawing.width + 2 * gap);
  const text = (content: string, x: number, y: number, size: number, weight: number, fill: string): Mark => ({
    kind: 'text',
    text: content,
    x,
    y,
    size,
    weight,
    anchor: 'start',
    fill,
  });
  const marks: Mark[] = [text(title, gap, gap + 14, 17, 600, ink)];
  let y = gap + 16;
  for (const fact of facts) marks.push(text(fact, gap, (y += 18), 12, 400, muted));
  y += 14;
  marks.push(...drawing.marks.map((mark) => moved(mark, gap, y)));
  y += drawing.height + 12;
  let x = gap;
  for (const { paint, label } of legend) {
    const needed = measure(label) + 36;
    if (x > gap && x + needed > width - gap) {
      x = gap;
      y += 20;
    }
    marks.push({ kind: 'path', d: rectangle(x, y, 10, 10), fill: paint, stroke: null, width: 0, dash: [] });
    marks.push(text(label, x + 16, y + 9, 12, 400, ink));
    x += needed;
  }
  y += 34;
  marks.push(text(note, gap, y, 11, 400, muted));
  return { width, height: y + gap - 8, background: ground, font, marks };
}

export const rectangle = (x: number, y: number, width: number, height: number): string =>
  `M${x} ${y}h${width}v${height}h${-width}z`;

/** A shape somewhere else: paths keep their own numbers, so they are told where to stand. */
function moved(mark: Mark, x: number, y: number): Mark {
  return mark.kind === 'text' ? { ...mark, x: mark.x + x, y: mark.y + y } : { ...mark, d: movedPath(mark.d, x, y) };
}

const lengths: Readonly<Record<string, number>> = { M: 2, L: 2, H: 1, V: 1, C: 6, S: 4, Q: 4, T: 2, A: 7, Z: 0 };

/** Moves the absolute commands of a path; the relative ones follow. A path that begins relative begins at the origin. */
export function movedPath(d: string, x: number, y: number): string {
  const tokens = d.match(/[a-zA-Z]|-?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?/gi) ?? [];
  const moves: string[] = [];
  let command = '';
  let place = 0;
  for (const token of tokens) {
    if (/[a-df-zA-DF-Z]/.test(token)) {
      command = moves.length === 0 && token === 'm' ? 'M' : token;
      place = 0;
      moves.push(command);
      continue;
    }
    const length = lengths[command.toUpperCase()] ?? 2;
    moves.push(String(Number(token) + shiftOf(command, place % Math.max(1, length), x, y)));
    place++;
  }
  return moves.join(' ');
}

function shiftOf(command: string, place: number, x: number, y: number): number {
  if (command === 'H') return x;
  if (command === 'V') return y;
  if (command === 'A') return place === 5 ? x : place === 6 ? y : 0;
  if (!'MLCSQT'.includes(command)) return 0;
  return place % 2 === 0 ? x : y;
}

/** The picture as a file of its own: no style sheet, no font and no image from elsewhere. */
export function svgOf({ width, height, background, font, marks }: Picture): string {
  const hatch = `<pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="2.4" height="5" fill="${escaped(background)}"/></pattern>`;
  const paint = (value: Paint) => (value === null ? 'none' : value === 'hatch' ? 'url(#hatch)' : escaped(value));
  const shapes = marks.map((mark) =>
    mark.kind === 'text'
      ? `<text x="${mark.x}" y="${mark.y}" font-size="${mark.size}" font-weight="${mark.weight}" text-anchor="${mark.anchor}" fill="${escaped(mark.fill)}">${escaped(mark.text)}</text>`
      : `<path d="${escaped(mark.d)}" fill="${paint(mark.fill)}" stroke="${paint(mark.stroke)}" stroke-width="${mark.width}"${mark.dash.length > 0 ? ` stroke-dasharray="${mark.dash.join(' ')}"` : ''}/>`,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${escaped(font)}">`,
    `<defs>${hatch}</defs>`,
    `<rect width="${width}" height="${height}" fill="${escaped(background)}"/>`,
    ...shapes,
    '</svg>\n',
  ].join('\n');
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string =>
  text.replace(/[^\t\n\r -\u{10ffff}]/gu, '').replace(/[&<>"]/g, (character) => entities[character] ?? character);
