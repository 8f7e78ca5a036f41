import { useCallback } from 'react';
import type { ComponentType, ReactNode } from 'react';
import { LinkContext } from './Link.tsx';
import type { LinkProps } from './Link.tsx';
import { ToastRegion } from './Toast.tsx';
import { TooltipLayer } from './TooltipLayer.tsx';

/** What the kit needs once on a page: how links are followed, where toasts and tooltips appear. */
export function UiRoot({ link: RouterLink, children }: { link: ComponentType<LinkProps>; children: ReactNode }) {
  const render = useCallback((props: LinkProps) => <RouterLink {...props} />, [RouterLink]);
  return (
    <LinkContext value={render}>
      {children}
      <ToastRegion />
      <TooltipLayer />
    </LinkContext>
  );
}
