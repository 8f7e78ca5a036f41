/** The views beside the prices, whose code comes once the page stands. */
import { onIntent } from '../../lib/on-intent.tsx';
import type { InPlace } from '../../lib/on-intent.tsx';
import { MissingPart } from '../../ui/MissingPart.tsx';
import { SkeletonRows } from '../../ui/Skeleton.tsx';

function inPlace({ missing, onRetry }: InPlace<object>) {
  return missing ? <MissingPart onRetry={onRetry} /> : <SkeletonRows columns={['start', 'start', 'start']} />;
}
const importViews = () => import('./OtherViews.tsx');

export const Overrides = onIntent(async () => (await importViews()).OverridesView, { InPlace: inPlace });
export const Mappings = onIntent(async () => (await importViews()).MappingsView, { InPlace: inPlace });
export const Versions = onIntent(async () => (await importViews()).VersionsView, { InPlace: inPlace });
