import type { ShareResource } from '../../contract/cloudflare/shares.ts';
import { rfc3339 } from '../store/time.ts';
import { Random } from './random.ts';

/** The resource that a share hands on. */
export function shareResource(type: string, accountId: string, name: string, created: number, version: number): ShareResource {
  const random = new Random('share', accountId, name);
  return {
    id: random.hex(32),
    created: rfc3339(created),
    modified: rfc3339(created + version * 3_600_000),
    meta: { name },
    resource_account_id: accountId,
    resource_id: random.hex(32),
    resource_type: type,
    resource_version: version,
    status: 'active',
  };
}
