/** Reads the chart that is drawn on the page, and paints pictures of it. */
import type { Inks, Mark, Paint, Picture } from './picture.ts';
import { rectangle } from './picture.ts';

export interface Drawing {
  width: number;
  height: number;
  marks: readonly Mark[];
}

/** The chart on the page; null where none is drawn. */
export function drawnChart(): SVGSVGElement | null {
  return document.querySelector<SVGSVGElement>('figure [role="img"] svg.recharts-surface');
}

/** Everything in the chart that has a colour, where it stands. */
export function readDrawing(chart: SVGSVGElement, hex: (colour: string) => string): Drawing {
  const marks: Mark[] = [];
  for (const element of chart.querySelectorAll<SVGGraphicsElement>('rect, path, line, circle, polygon, text')) {
    if (element.closest('defs, clipPath')) continue;
    const mark = markOf(element, getComputedStyle(element), hex);
    if (mark) marks.push(mark);
  }
  return { width: chart.clientWidth, height: chart.clientHeight, marks };
}

function markOf(element: SVGGraphicsElement, style: CSSStyleDeclaration, hex: (colour: string) => string): Mark | null {
  if (style.visibility === 'hidden' || style.display === 'none') return null;
  const paint = (value: string): Paint =>
    value === 'none' || value === 'transparent' ? null : value.startsWith('url(') ? 'hatch' : hex(value);
  const number = (name: string) => Number(element.getAttribute(name) ?? 0) || 0;
  if (element instanceof SVGTextElement) {
    const text = element.textContent?.trim() ?? '';
    if (text === '') return null;
    const anchor = style.textAnchor === 'end' || style.textAnchor === 'middle' ? style.textAnchor : 'start';
    const fill = paint(style.fill);
    return {
      kind: 'text',
      text,
      x: number('x') + number('dx'),
      y: number('y') + number('dy'),
      size: Number.parseFloat(style.fontSize),
      weight: Number(style.fontWeight) || 400,
      anchor,
      fill: fill ?? '#000000',
    };
  }
  const d = outlineOf(element, number);
  const fill = element instanceof SVGLineElement ? null : paint(style.fill);
  const stroke = paint(style.stroke);
  if (d === null || (fill === null && stroke === null)) return null;
  const dash = (style.strokeDasharray.match(/[\d.]+/g) ?? []).map(Number);
  return { kind: 'path', d, fill, stroke, width: stroke === null ? 0 : Number.parseFloat(style.strokeWidth) || 1, dash };
}

function outlineOf(element: SVGGraphicsElement, number: (name: string) => number): string | null {
  if (element instanceof SVGPathElement) return element.getAttribute('d');
  if (element instanceof SVGRectElement) {
    const [width, height] = [number('width'), number('height')];
    return width > 0 && height > 0 ? rectangle(number('x'), number('y'), width, height) : null;
  }
  if (element instanceof SVGLineElement) return `M${number('x1')} ${number('y1')}L${number('x2')} ${number('y2')}`;
  if (element instanceof SVGCircleElement) {
    const [x, y, r] = [number('cx'), number('cy'), number('r')];
    return `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`;
  }
  if (element instanceof SVGPolygonElement) return `M${Array.from(element.points, ({ x, y }) => `${x} ${y}`).join('L')}z`;
  return null;
}

/** Any colour a browser knows as `#rrggbb`: other programs know no more. Colours that shine through are mixed with the ground. */
export function hexOver(ground: string): (colour: string) => string {
  const context = contextOf(1, 1);
  const known = new Map<string, string>();
  return (colour) => {
    const before = known.get(colour);
    if (before !== undefined || !context) return before ?? '#000000';
    for (const layer of [ground, colour]) {
      context.fillStyle = layer;
      context.fillRect(0, 0, 1, 1);
    }
    const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data;
    const hex = `#${[red, green, blue].map((part) => part.toString(16).padStart(2, '0')).join('')}`;
    known.set(colour, hex);
    return hex;
  };
}

/** The colours of the theme that is shown. */
export function inksOf(): Inks {
  const style = getComputedStyle(document.documentElement);
  const of = (name: string) => style.getPropertyValue(`--color-${name}`).trim();
  const ground = of('canvas');
  const hex = hexOver(ground);
  return { ink: hex(of('ink')), muted: hex(of('muted')), ground: hex(ground) };
}

export function textWidth(font: string): (text: string) => number {
  const context = contextOf(1, 1);
  if (context) context.font = `12px ${font}`;
  return (text) => context?.measureText(text).width ?? text.length * 7;
}

function contextOf(width: number, height: number): CanvasRenderingContext2D | null {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  return canvas.getContext('2d', { willReadFrequently: width === 1 });
}

/** Points of the PNG for each of the picture: sharp in a slide. */
const sharpness = 2;

/** Painted shape by shape: the content policy lets no image in that the page made itself. */
export function pngOf({ width, height, background, font, marks }: Picture): Promise<Blob> {
  const context = contextOf(width * sharpness, height * sharpness);
  if (!context) throw new Error('This browser gives no canvas to paint on');
  context.scale(sharpness, sharpness);
  context.fillStyle = background;
  context.fillRect(0, 0, width, height);
  const styleOf = (paint: string) => (paint === 'hatch' ? hatchOf(context, background) : paint);
  for (const mark of marks) {
    if (mark.kind === 'text') {
      context.font = `${mark.weight} ${mark.size}px ${font}`;
      context.textAlign = mark.anchor === 'middle' ? 'center' : mark.anchor;
      context.fillStyle = mark.fill;
      context.fillText(mark.text, mark.x, mark.y);
      continue;
    }
    if (mark.fill !== null) {
      context.fillStyle = styleOf(mark.fill);
      context.fill(outline(mark.d));
    }
    if (mark.stroke === null) continue;
    context.strokeStyle = styleOf(mark.stroke);
    context.lineWidth = mark.width;
    context.setLineDash([...mark.dash]);
    context.stroke(outline(mark.d));
  }
  return new Promise((resolve, reject) => {
    context.canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('The browser made no PNG'))), 'image/png');
  });
}

const outline = (d: string): Path2D => new Path2D(d);

/** Stripes in the colour of the ground, as the page hatches what is not settled. */
function hatchOf(context: CanvasRenderingContext2D, ground: string): CanvasPattern | string {
  const stripe = contextOf(5, 5);
  if (!stripe) return ground;
  stripe.fillStyle = ground;
  stripe.fillRect(0, 0, 2.4, 5);
  const pattern = context.createPattern(stripe.canvas, 'repeat');
  pattern?.setTransform(new DOMMatrix().rotate(45));
  return pattern ?? ground;
}
