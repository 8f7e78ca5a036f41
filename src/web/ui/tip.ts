/**
 * Attributes that give an element a tooltip; `TooltipLayer` shows it. One layer serves the whole page, so that a table
 * of a thousand cells carries a thousand attributes and not a thousand components. A tooltip never holds what is
 * nowhere else: the element's accessible name or description says it too.
 */
export function tip(text: string | undefined): { 'data-tip'?: string } {
  return text ? { 'data-tip': text } : {};
}

/** A tooltip that is written only when it is shown, for cells of which there are hundreds. */
export function tipOf(kind: 'time' | 'money', value: string): { 'data-tip': string; 'data-tip-kind': string } {
  return { 'data-tip': value, 'data-tip-kind': kind };
}

/** Shows the element's own text, and only while an ellipsis cuts it. */
export function tipWhenClipped(): { 'data-tip-clipped': true } {
  return { 'data-tip-clipped': true };
}
