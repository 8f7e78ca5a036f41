/** Layers that are fetched on first intent: none of them is needed to read a page. */
import { lazy } from 'react';

const importPalette = () => import('./palette/Palette.tsx');
const importShortcutSheet = () => import('./ShortcutSheet.tsx');
const importSessionLost = () => import('./SessionLostDialog.tsx');

export const Palette = lazy(async () => ({ default: (await importPalette()).Palette }));
export const ShortcutSheet = lazy(async () => ({ default: (await importShortcutSheet()).ShortcutSheet }));
export const SessionLostDialog = lazy(async () => ({ default: (await importSessionLost()).SessionLostDialog }));

/** Starts fetching the palette: a pointer over its button, or focus on it, announces the wish. */
export function loadPalette(): void {
  importPalette().catch(() => undefined); // opening it tries again, and says so when it fails
}
