import { memo } from 'react';
import { classes } from '../../ui/classes.ts';
import { reach } from './layout.ts';
import type { Drawing } from './layout.ts';

/** Dots as one path: a point with round ends is a circle, and a sector stays one element. */
const dotsPath = (dots: readonly { x: number; y: number }[]) => dots.map(({ x, y }) => `M${x} ${y}h0`).join('');

export interface HierarchyDrawingProps {
  drawing: Drawing;
  /** Organizations that are lit; none at rest. */
  lit: ReadonlySet<string>;
  label: string;
  className?: string;
}

/** The picture of the sign-in page. It is data: the same tree that the identities see. */
export const HierarchyDrawing = memo(function HierarchyDrawing({ drawing, lit, label, className }: HierarchyDrawingProps) {
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`${-reach.x} ${-reach.y} ${2 * reach.x} ${2 * reach.y}`}
      className={className}
      fill="none"
      strokeLinecap="round"
    >
      {drawing.sectors.map(({ id, arc, spoke, dots }) => (
        <g key={id}>
          <path d={spoke} strokeWidth="1" className={lit.has(id) ? 'stroke-accent-line' : 'stroke-line'} />
          <path d={arc} strokeWidth="1" className={lit.has(id) ? 'stroke-accent-line' : 'stroke-line-strong'} />
          <path d={dotsPath(dots)} strokeWidth="6" className={lit.has(id) ? 'stroke-accent' : 'stroke-line-strong'} />
        </g>
      ))}
      {drawing.links.map(({ id, path }) => (
        <path
          key={id}
          d={path}
          strokeWidth={lit.has(id) ? 1.75 : 1.25}
          className={lit.has(id) ? 'stroke-accent' : 'stroke-line-strong'}
        />
      ))}
      {drawing.marks.map(({ id, x, y, isRoot }) => (
        <circle
          key={id}
          cx={x}
          cy={y}
          r={isRoot ? 7 : 4.25}
          strokeWidth={isRoot ? 2 : 1.5}
          className={lit.has(id) ? 'fill-accent stroke-accent' : classes('fill-sunken', isRoot ? 'stroke-ink' : 'stroke-muted')}
        />
      ))}
      <g className="text-[12px] [paint-order:stroke]" strokeWidth="4" strokeLinejoin="round">
        {drawing.labels.map(({ id, name, x, y, anchor, weight }) => (
          <text
            key={id}
            x={x}
            y={y}
            textAnchor={anchor}
            dominantBaseline="middle"
            className={classes(
              'stroke-sunken',
              lit.has(id) ? 'fill-accent-ink font-semibold' : weight === 'root' ? 'fill-ink font-semibold' : 'fill-muted',
            )}
          >
            {name}
          </text>
        ))}
      </g>
    </svg>
  );
});
