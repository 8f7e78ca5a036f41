/** Dialogs whose code comes when somebody is about to open them. Their frame stands at once, and Escape leaves it. */
import type { ComponentType } from 'react';
import { onIntent } from '../lib/on-intent.tsx';
import type { InPlace, OnIntent } from '../lib/on-intent.tsx';
import { Dialog } from './Dialog.tsx';
import type { DialogProps } from './Dialog.tsx';
import { MissingPart } from './MissingPart.tsx';
import { SkeletonRows } from './Skeleton.tsx';

/** What of the dialog is known before its code has come. */
export type DialogFrame = Pick<DialogProps, 'title' | 'size'>;

export function dialogOnIntent<P extends object>(
  load: () => Promise<ComponentType<P>>,
  frameOf: (props: P) => DialogFrame & Pick<DialogProps, 'onClose'>,
): OnIntent<P> {
  return onIntent(load, {
    InPlace: ({ of, missing, onRetry }: InPlace<P>) => (
      <Dialog {...frameOf(of)}>
        {missing ? <MissingPart onRetry={onRetry} /> : <SkeletonRows columns={['start', 'start']} rows={6} />}
      </Dialog>
    ),
  });
}
