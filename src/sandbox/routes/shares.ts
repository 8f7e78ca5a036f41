import type { listShares } from '../../contract/cloudflare/shares.ts';
import { result } from '../envelope.ts';
import type { Handler } from './handler.ts';
import { numberedInfo, numberedPage } from './paging.ts';
import { requireOrganization } from './reading.ts';

/** Without `page` and `per_page` the whole list; a page past the last is empty, not an error. */
export const list: Handler<typeof listShares> = async (ask, world) => {
  const { query } = ask;
  const organization = await requireOrganization(ask, world);
  const numbered = numberedPage(ask.search, 100);
  const { rows, total } = await world.store.shares.list(organization.id, {
    status: query.status,
    kind: query.kind,
    targetType: query.target_type,
    resourceTypes: query.resource_types,
    orderBy: query.order ?? 'created',
    direction: query.direction ?? 'asc',
    ...(numbered && { limit: numbered.perPage, offset: (numbered.page - 1) * numbered.perPage }),
  });
  return result(rows, numberedInfo(numbered?.page ?? 1, numbered?.perPage ?? Math.max(1, total), rows.length, total));
};
