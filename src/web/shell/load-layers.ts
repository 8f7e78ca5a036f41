/** Parts of the frame that come on first intent: none of them is needed to read a page. */
import { onIntent } from '../lib/on-intent.tsx';
import { toasts } from '../ui/toasts.ts';
import { closeSheet } from './sheet-state.ts';

/** The chunk of a layer did not arrive: after a new version, or with the connection gone. */
function missing(): void {
  closeSheet();
  toasts.failure({
    title: 'This part of Canopy could not be loaded',
    note: 'A newer version may have replaced it.',
    action: { label: 'Reload the page', onPress: () => window.location.reload() },
  });
}

export const Palette = onIntent(async () => (await import('./palette/Palette.tsx')).Palette, missing);
export const Drawer = onIntent(async () => (await import('./Drawer.tsx')).Drawer, missing);
export const ShortcutSheet = onIntent(async () => (await import('./ShortcutSheet.tsx')).ShortcutSheet, missing);
export const SessionLostDialog = onIntent(async () => (await import('./SessionLostDialog.tsx')).SessionLostDialog, missing);
export const OpenOutcomes = onIntent(async () => (await import('./OpenOutcomes.tsx')).OpenOutcomes, missing);
export const ScopeProblem = onIntent(async () => (await import('./ScopeProblem.tsx')).ScopeProblem, missing);
export const CrumbMenu = onIntent(async () => (await import('./CrumbMenu.tsx')).CrumbMenu, missing);
export const PersonCard = onIntent(async () => (await import('./PersonCard.tsx')).PersonCard, missing);
export const DataAges = onIntent(async () => (await import('./DataAges.tsx')).DataAges, missing);
/** Keys and what was opened lately: at work once the page stands. */
export const Background = onIntent(async () => (await import('./Background.tsx')).Background, missing);
export const ErrorPage = onIntent(async () => (await import('./ErrorPage.tsx')).ErrorPage, missing);
