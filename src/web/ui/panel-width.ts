/** Widths of panels are remembered in this browser, in pixels of a 16 px root. */
const key = (id: string) => `canopy.panel.${id}`;
const narrowest = 320;

/** Between 320 and half of the window. */
export function clampWidth(width: number, windowWidth: number): number {
  return Math.round(Math.max(narrowest, Math.min(width, windowWidth / 2)));
}

export function readWidth(id: string, otherwise: number): number {
  try {
    const stored = Number(localStorage.getItem(key(id)));
    return stored >= narrowest ? clampWidth(stored, window.innerWidth) : otherwise;
  } catch {
    return otherwise; // storage is blocked
  }
}

export function storeWidth(id: string, width: number): void {
  try {
    localStorage.setItem(key(id), String(width));
  } catch {
    // storage is blocked: the width lasts as long as the panel
  }
}
