/** The lines that show which row belongs to which, as one SVG path a row. */

export interface GuideMeasures {
  readonly rowHeight: number;
  readonly indent: number;
}

/** Half the chevron, on a half pixel, so that a line of one pixel is sharp. */
const middleOfChevron = 6.5;
const elbow = 4;
/** How far the elbow runs: to the chevron, or on to the glyph of a leaf. */
const reach = { parent: 10, leaf: 24 } as const;

const paths = new Map<string, string>();

/** The path of a row at `level` (1 for a root) whose `guides` bits say which lines go on below it. */
export function guidePath(level: number, guides: number, leaf: boolean, { rowHeight, indent }: GuideMeasures): string {
  if (level < 2) return '';
  const key = `${level} ${guides} ${leaf ? 1 : 0} ${rowHeight} ${indent}`;
  const known = paths.get(key);
  if (known !== undefined) return known;
  const own = level - 2;
  const middle = Math.floor(rowHeight / 2) - 0.5;
  let path = '';
  for (let column = 0; column < own; column += 1) {
    if (goesOn(guides, column)) path += `M${indent * column + middleOfChevron} 0V${rowHeight}`;
  }
  const x = indent * own + middleOfChevron;
  const end = x + (leaf ? reach.leaf : reach.parent) + (indent - 20);
  path += `M${x} 0V${middle - elbow}Q${x} ${middle} ${x + elbow} ${middle}H${end}`;
  if (goesOn(guides, own)) path += `M${x} ${middle - elbow}V${rowHeight}`;
  paths.set(key, path);
  return path;
}

function goesOn(guides: number, column: number): boolean {
  return column <= 30 && (guides & (1 << column)) !== 0;
}
