/** The field that renames in the row, whose code comes with the panels; the name stands there until then. */
import { useEffect, useEffectEvent } from 'react';
import { onIntent } from '../../lib/on-intent.tsx';
import type { InPlace } from '../../lib/on-intent.tsx';
import { toasts } from '../../ui/toasts.ts';
import { Upstream } from '../../ui/Upstream.tsx';
import type { RenameFieldProps } from './RenameField.tsx';

export const RenameInRow = onIntent(async () => (await import('./RenameField.tsx')).RenameField, { InPlace: NameUntilThen });

function NameUntilThen({ of: { item, onDone }, missing }: InPlace<RenameFieldProps>) {
  const giveUp = useEffectEvent(() => {
    toasts.failure({ title: 'Renaming could not be loaded', note: 'The connection broke, or a newer version has replaced it.' });
    onDone('back');
  });
  useEffect(() => {
    if (missing) giveUp();
  }, [missing]);
  return <Upstream>{item.node.name}</Upstream>;
}
