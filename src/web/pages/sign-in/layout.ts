/** The hierarchy seen from above, as geometry: a ring of dots, one an account, around the organizations they are in. */

export interface DrawnNode {
  id: string;
  /** Comes before its children. Null for a root. */
  parentId: string | null;
  name: string;
  /** Accounts directly in it. */
  accounts: number;
}

interface Point {
  x: number;
  y: number;
}

/** The accounts of one organization: a piece of the ring. */
export interface Sector {
  id: string;
  /** Centers of the dots. */
  dots: readonly Point[];
  /** SVG path of the line under the dots; empty for accounts drawn beside the root. */
  arc: string;
  /** SVG path from the organization to the line. */
  spoke: string;
}

export interface Mark extends Point {
  id: string;
  name: string;
  isRoot: boolean;
}

export interface Link {
  /** The lower end. */
  id: string;
  path: string;
}

export interface Label extends Point {
  id: string;
  name: string;
  anchor: 'start' | 'middle' | 'end';
  weight: 'root' | 'plain';
}

export interface Drawing {
  sectors: readonly Sector[];
  marks: readonly Mark[];
  links: readonly Link[];
  labels: readonly Label[];
  /** Accounts that one dot stands for. */
  accountsPerDot: number;
}

/** Radius of the outermost dots; everything is inside `reach` around the center. */
const ring = 313;
export const reach = { x: 424, y: 352 };
const rowStep = 15;
const smallestStep = 13.2;
const mostRows = 5;
/** Space between two sectors, in columns of dots. */
const gap = 1.3;
/** A little left of the top, so that the ring does not begin under a label. */
const begin = (-115 * Math.PI) / 180;
/** More accounts than this beside the root would not be seen as few. */
const besideRoot = 8;

const round = (value: number) => Math.round(value * 10) / 10;
const at = (radius: number, angle: number): Point => ({ x: round(radius * Math.cos(angle)), y: round(radius * Math.sin(angle)) });
const radiusOf = (depth: number) => 265 * (1 - 0.68 ** depth);

interface Placed {
  node: DrawnNode;
  depth: number;
  children: Placed[];
  angle: number;
}

/** Draws a hierarchy. Several roots stand around an empty center. */
export function drawHierarchy(nodes: readonly DrawnNode[]): Drawing {
  const placed = new Map<string, Placed>();
  const roots: Placed[] = [];
  for (const node of nodes) {
    const parent = node.parentId === null ? undefined : placed.get(node.parentId);
    const own: Placed = { node, depth: parent ? parent.depth + 1 : 0, children: [], angle: 0 };
    placed.set(node.id, own);
    if (parent) parent.children.push(own);
    else roots.push(own);
  }
  // several roots leave the center empty
  if (roots.length > 1) for (const one of placed.values()) one.depth += 1;
  const root = roots.length === 1 ? roots[0] : undefined;
  const rootBeside = root !== undefined && root.children.length > 0 && root.node.accounts <= besideRoot ? root : undefined;
  const inOrder = roots.flatMap(aroundRing).filter((one) => one.node.accounts > 0 && one !== rootBeside);

  const { perDot, rows, step } = densityOf(inOrder.map(({ node }) => node.accounts));
  const sectors: Sector[] = [];
  const middles = new Map<string, { angle: number; inner: number }>();
  let angle = begin;
  for (const one of inOrder) {
    const count = Math.ceil(one.node.accounts / perDot);
    const columns = Math.ceil(count / rows);
    const first = angle;
    const last = first + (columns - 1) * step;
    const dots = Array.from({ length: count }, (_, dot) => {
      const row = Math.floor(dot / columns);
      return at(ring - row * rowStep, first + (dot % columns) * step);
    });
    const inner = ring - Math.min(rows, Math.ceil(count / columns)) * rowStep;
    middles.set(one.node.id, { angle: (first + last) / 2, inner });
    sectors.push({ id: one.node.id, dots, arc: arcPath(inner, first - step / 3, last + step / 3), spoke: '' });
    angle = last + step * (1 + gap);
  }

  for (const one of roots) placeAngles(one, middles);
  const pointOf = (one: Placed) => (one.depth === 0 ? { x: 0, y: 0 } : at(radiusOf(one.depth), one.angle));
  const marks = [...placed.values()].map((one) => {
    const { x, y } = pointOf(one);
    return { id: one.node.id, name: one.node.name, isRoot: one === root, x, y };
  });
  for (const sector of sectors) {
    const own = placed.get(sector.id);
    const middle = middles.get(sector.id);
    if (own && middle && own.depth > 0) sector.spoke = line(pointOf(own), at(middle.inner, middle.angle));
  }
  if (rootBeside && rootBeside.node.accounts > 0) sectors.push(dotsBeside(rootBeside.node, perDot));
  return {
    sectors,
    marks,
    links: [...placed.values()].flatMap((parent) =>
      parent.children.map((child) => ({ id: child.node.id, path: curve(parent, child) })),
    ),
    labels: labelsOf([...placed.values()], root, middles, pointOf),
    accountsPerDot: perDot,
  };
}

/** Own accounts stand in the middle of those below, so that an organization's line is short. */
function aroundRing(one: Placed): Placed[] {
  const half = Math.ceil(one.children.length / 2);
  return [...one.children.slice(0, half).flatMap(aroundRing), one, ...one.children.slice(half).flatMap(aroundRing)];
}

/** The fewest rows of dots that fit around the ring; with too many accounts, how many a dot stands for. */
function densityOf(counts: readonly number[]): { perDot: number; rows: number; step: number } {
  const room = (2 * Math.PI * (ring - rowStep)) / smallestStep;
  for (let perDot = 1; ; perDot = perDot < 10 ? perDot + 1 : Math.ceil(perDot * 1.5)) {
    for (let rows = 3; rows <= mostRows; rows++) {
      const columns = counts.reduce((sum, count) => sum + Math.ceil(Math.ceil(count / perDot) / rows) + gap, 0);
      // a ring of hundreds of organizations is dense whatever a dot stands for
      if (columns <= room || perDot > 1000) return { perDot, rows, step: (2 * Math.PI) / Math.max(columns, 1) };
    }
  }
}

/** An organization stands below its own accounts, or else in the middle of what is below it. */
function placeAngles(one: Placed, middles: ReadonlyMap<string, { angle: number }>): number {
  const below = one.children.map((child) => placeAngles(child, middles));
  const [first = begin, last = first] = [below[0], below.at(-1)];
  one.angle = middles.get(one.node.id)?.angle ?? (first + last) / 2;
  return one.angle;
}

function dotsBeside(node: DrawnNode, perDot: number): Sector {
  const count = Math.ceil(node.accounts / perDot);
  const dots = Array.from({ length: count }, (_, dot) => at(17, -Math.PI / 2 + (dot - (count - 1) / 2) * 0.55));
  return { id: node.id, dots, arc: '', spoke: '' };
}

const line = (from: Point, to: Point) => `M${from.x} ${from.y}L${to.x} ${to.y}`;

function curve(parent: Placed, child: Placed): string {
  const to = at(radiusOf(child.depth), child.angle);
  if (parent.depth === 0) return line({ x: 0, y: 0 }, to);
  const from = at(radiusOf(parent.depth), parent.angle);
  const middle = (radiusOf(parent.depth) + radiusOf(child.depth)) / 2;
  const [a, b] = [at(middle, parent.angle), at(middle, child.angle)];
  return `M${from.x} ${from.y}C${a.x} ${a.y} ${b.x} ${b.y} ${to.x} ${to.y}`;
}

function arcPath(radius: number, from: number, to: number): string {
  const [a, b] = [at(radius, from), at(radius, to)];
  return `M${a.x} ${a.y}A${radius} ${radius} 0 ${to - from > Math.PI ? 1 : 0} 1 ${b.x} ${b.y}`;
}

/** Width of a letter of a label, on the safe side. */
const letter = 6.6;
const lineHeight = 16;
/** Sectors with fewer accounts are named only where the organization is inside the ring. */
const fewest = 3;

/** Names where they fit: the largest first, and none over another. */
function labelsOf(
  all: readonly Placed[],
  root: Placed | undefined,
  middles: ReadonlyMap<string, { angle: number }>,
  pointOf: (one: Placed) => Point,
): Label[] {
  const taken: { left: number; right: number; top: number; bottom: number }[] = [];
  const labels: Label[] = [];
  const add = (label: Label) => {
    const width = label.name.length * letter;
    const left = label.anchor === 'start' ? label.x : label.anchor === 'end' ? label.x - width : label.x - width / 2;
    const box = { left, right: left + width, top: label.y - lineHeight / 2, bottom: label.y + lineHeight / 2 };
    const outside = box.left < -reach.x || box.right > reach.x || box.top < -reach.y || box.bottom > reach.y;
    if (outside) return;
    if (taken.some((one) => one.left < box.right && box.left < one.right && one.top < box.bottom && box.top < one.bottom)) return;
    taken.push(box);
    labels.push(label);
  };
  if (root && root.children.length > 0) {
    add({ id: root.node.id, name: root.node.name, x: 0, y: 22, anchor: 'middle', weight: 'root' });
  }
  const bySize = all.filter((one) => one !== root || one.children.length === 0).sort((a, b) => b.node.accounts - a.node.accounts);
  for (const one of bySize) {
    const { id, name, accounts } = one.node;
    const middle = middles.get(id);
    if (middle && accounts >= fewest) {
      const cosine = Math.cos(middle.angle);
      const point = at(ring + 14, middle.angle);
      const anchor = cosine > 0.2 ? 'start' : cosine < -0.2 ? 'end' : 'middle';
      add({ id, name, ...point, anchor, weight: 'plain' });
    }
  }
  for (const one of bySize) {
    if (one.children.length === 0 || (middles.has(one.node.id) && one.node.accounts >= fewest)) continue;
    const { x, y } = pointOf(one);
    const { id, name } = one.node;
    const side = Math.cos(one.angle);
    if (side > 0.5) add({ id, name, x: x + 12, y: y - 13, anchor: 'start', weight: 'plain' });
    else if (side < -0.5) add({ id, name, x, y: y - 15, anchor: 'middle', weight: 'plain' });
    else add({ id, name, x: x + 12, y, anchor: 'start', weight: 'plain' });
  }
  return labels;
}

/** The organization and everything below it; everything for null. */
export function idsWithin(nodes: readonly DrawnNode[], scope: string | null): ReadonlySet<string> {
  const within = new Set<string>();
  for (const { id, parentId } of nodes) {
    if (scope === null || id === scope || (parentId !== null && within.has(parentId))) within.add(id);
  }
  return within;
}
