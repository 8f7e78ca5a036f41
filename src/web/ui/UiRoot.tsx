import { useCallback } from 'react';
import type { ComponentType, ReactNode } from 'react';
import { onIntent } from '../lib/on-intent.tsx';
import { LinkContext } from './Link.tsx';
import type { LinkProps } from './Link.tsx';

// neither is needed to draw a page; without them it still works, so nobody is told when they do not come
const ToastRegion = onIntent(async () => (await import('./Toast.tsx')).ToastRegion);
const TooltipLayer = onIntent(async () => (await import('./TooltipLayer.tsx')).TooltipLayer);

/** What the kit needs once on a page: how links are followed, where toasts and tooltips appear. */
export function UiRoot({ link: RouterLink, children }: { link: ComponentType<LinkProps>; children: ReactNode }) {
  const render = useCallback((props: LinkProps) => <RouterLink {...props} />, [RouterLink]);
  return (
    <LinkContext value={render}>
      {children}
      <ToastRegion.Part />
      <TooltipLayer.Part />
    </LinkContext>
  );
}
