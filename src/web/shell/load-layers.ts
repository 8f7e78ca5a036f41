/** Parts of the frame that come on first intent: none of them is needed to read a page. */
import type { ComponentType } from 'react';
import { onIntent } from '../lib/on-intent.tsx';
import type { OnIntent } from '../lib/on-intent.tsx';
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

/** A part whose absence is told, and whose way out is told with it. */
function layer<P extends object>(load: () => Promise<ComponentType<P>>): OnIntent<P> {
  return onIntent(load, { onMissing: missing });
}

export const Palette = layer(async () => (await import('./palette/Palette.tsx')).Palette);
export const Drawer = layer(async () => (await import('./Drawer.tsx')).Drawer);
export const ShortcutSheet = layer(async () => (await import('./ShortcutSheet.tsx')).ShortcutSheet);
export const SessionLostDialog = layer(async () => (await import('./SessionLostDialog.tsx')).SessionLostDialog);
export const OpenOutcomes = layer(async () => (await import('./OpenOutcomes.tsx')).OpenOutcomes);
export const ScopeProblem = layer(async () => (await import('./ScopeProblem.tsx')).ScopeProblem);
export const CrumbMenu = layer(async () => (await import('./CrumbMenu.tsx')).CrumbMenu);
export const PersonCard = layer(async () => (await import('./PersonCard.tsx')).PersonCard);
export const DataAges = layer(async () => (await import('./DataAges.tsx')).DataAges);
/** Keys and what was opened lately: at work once the page stands. */
export const Background = layer(async () => (await import('./Background.tsx')).Background);
export const ErrorPage = layer(async () => (await import('./ErrorPage.tsx')).ErrorPage);
/** Most windows are no phone. */
export const PhoneTopBar = layer(async () => (await import('./Phone.tsx')).PhoneTopBar);
export const PhoneBottomBar = layer(async () => (await import('./Phone.tsx')).PhoneBottomBar);
