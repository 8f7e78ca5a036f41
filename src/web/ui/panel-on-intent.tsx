/** Panels whose code comes when somebody is about to open them. Their frame stands at once, with its name and its way out. */
import type { ComponentType } from 'react';
import { onIntent } from '../lib/on-intent.tsx';
import type { InPlace, OnIntent } from '../lib/on-intent.tsx';
import { MissingPart } from './MissingPart.tsx';
import { Panel } from './Panel.tsx';
import type { PanelProps } from './Panel.tsx';
import { SkeletonRows } from './Skeleton.tsx';

/** What of the panel is known before its code has come. */
export type PanelFrame = Pick<PanelProps, 'id' | 'label' | 'title' | 'width' | 'sheetHeight'>;

export function panelOnIntent<P extends { onClose: () => void }>(
  load: () => Promise<ComponentType<P>>,
  frameOf: (props: P) => PanelFrame,
): OnIntent<P> {
  return onIntent(load, {
    InPlace: ({ of, missing, onRetry }: InPlace<P>) => (
      <Panel {...frameOf(of)} onClose={of.onClose}>
        {missing ? <MissingPart onRetry={onRetry} /> : <SkeletonRows columns={['start', 'start']} rows={6} />}
      </Panel>
    ),
  });
}
