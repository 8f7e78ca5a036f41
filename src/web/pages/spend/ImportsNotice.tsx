import { Fragment } from 'react';
import type { SpendState } from '../../../contract/canopy/spend.ts';
import { pathTo } from '../../lib/paths.ts';
import { Link } from '../../ui/Link.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Upstream } from '../../ui/Upstream.tsx';

/** Says which files count among the days that are shown: no figure mixes sources unsaid. */
export function ImportsNotice({
  imports,
  range: { from, before },
  organizationId,
}: {
  imports: SpendState['imports'];
  range: { from: string; before: string };
  organizationId: string;
}) {
  const counting = imports.filter((one) => one.from < before && one.to >= from);
  if (counting.length === 0) return null;
  return (
    <Notice tone="plain">
      <span>
        Files count here too:{' '}
        {counting.map(({ id, name, counts }, index) => (
          <Fragment key={id}>
            {index > 0 && ', '}
            <Upstream>{name}</Upstream>
            {counts === 'instead' && ' instead of Cloudflare’s records on its accounts and days'}
          </Fragment>
        ))}
        .{' '}
        <Link className="link" href={pathTo('spend/sources', organizationId)}>
          See the sources
        </Link>
      </span>
    </Notice>
  );
}
