import { useEffect, useState } from 'react';
import type { RefObject } from 'react';

/** Lengths on the screen that the window of rows is computed from. */
export interface TreeMeasures {
  /** Of the scrolled part below the head, in pixels. */
  height: number;
  width: number;
  rowHeight: number;
  /** Pixels of the screen for one pixel of a root of 16. */
  unit: number;
}

const unmeasured: TreeMeasures = { height: 0, width: 0, rowHeight: 28, unit: 1 };
/** The probe is one row high and this wide, in pixels of a root of 16. */
const probeWidth = 20;

/** Measures the scrolling box and one row, and again when the window, the density or the reader's font size changes. */
export function useTreeMeasures(
  box: RefObject<HTMLElement | null>,
  head: RefObject<HTMLElement | null>,
  probe: RefObject<HTMLElement | null>,
): TreeMeasures {
  const [measures, setMeasures] = useState(unmeasured);
  useEffect(() => {
    const measured = [box.current, head.current, probe.current];
    const observer = new ResizeObserver(() => {
      const [boxNow, headNow, probeNow] = measured;
      if (!boxNow || !headNow || !probeNow) return;
      const next: TreeMeasures = {
        height: Math.max(0, boxNow.clientHeight - headNow.offsetHeight),
        width: boxNow.clientWidth,
        rowHeight: probeNow.offsetHeight,
        unit: probeNow.offsetWidth / probeWidth,
      };
      setMeasures((before) => (same(before, next) ? before : next));
    });
    for (const element of measured) if (element) observer.observe(element);
    return () => observer.disconnect();
  }, [box, head, probe]);
  return measures;
}

function same(one: TreeMeasures, other: TreeMeasures): boolean {
  return one.height === other.height && one.width === other.width && one.rowHeight === other.rowHeight && one.unit === other.unit;
}
