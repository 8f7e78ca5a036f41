import * as z from 'zod/mini';
import type { listOrganizationAccounts, moveAccount } from '../../contract/cloudflare/accounts.ts';
import type { listAccountOrganizations } from '../../contract/cloudflare/organizations.ts';
import { result } from '../envelope.ts';
import { invalid, notCapable } from '../refusals.ts';
import type { Handler } from './handler.ts';
import { withoutProfile } from './organizations.ts';
import { numberedInfo, numberedPage, tokenInfo, tokenPage } from './paging.ts';
import { flagAllows, pathOf, readBody, requireAccount, requireOrganization } from './reading.ts';
import { record } from './trail.ts';

export const list: Handler<typeof listOrganizationAccounts> = async (ask, world) => {
  const { query } = ask;
  await requireOrganization(ask, world);
  const filters = {
    name: {
      equals: query.name ?? query.account_pubname,
      startsWith: query['name.startsWith'] ?? query['account_pubname.startsWith'],
      endsWith: query['name.endsWith'] ?? query['account_pubname.endsWith'],
      contains: query['name.contains'] ?? query['account_pubname.contains'],
    },
    orderBy: query.order_by === 'account_name' ? ('name' as const) : ('id' as const),
    direction: query.direction ?? 'asc',
  };
  // the older way of paging, still answered
  const numbered = query.page_token === undefined ? numberedPage(ask.search, 1000) : null;
  if (numbered) {
    const { page, perPage } = numbered;
    const found = await world.store.accounts.list(ask.params.organizationId, {
      ...filters,
      limit: perPage,
      offset: (page - 1) * perPage,
    });
    return result(found.rows, numberedInfo(page, perPage, found.rows.length, found.total));
  }
  const found = await world.store.accounts.list(ask.params.organizationId, { ...filters, ...tokenPage(ask, world) });
  return result(found.rows, tokenInfo(ask, world, found));
};

export const organizationsOf: Handler<typeof listAccountOrganizations> = async (ask, world) => {
  const { account } = await requireAccount(ask, world);
  return result((await world.store.accounts.organizationsOf(account.id)).map(withoutProfile));
};

const MoveBody = z.object({
  destination_organization_id: z.string('is required and must be a string').check(z.minLength(1, 'must not be empty')),
});

export const move: Handler<typeof moveAccount> = async (ask, world) => {
  const { account, organizationId } = await requireAccount(ask, world);
  const destinationId = readBody(MoveBody, ask.body).destination_organization_id;
  const wrong = (message: string) => invalid({ pointer: '/destination_organization_id', message });
  const source = await world.store.organizations.get(organizationId);
  const destination = world.lag.isHidden(destinationId) ? null : await world.store.organizations.get(destinationId);
  if (!destination) throw wrong('Destination organization not found');
  if (destinationId === organizationId) throw wrong('The account is already in this organization');
  if (!source || pathOf(source)[0] !== pathOf(destination)[0]) {
    throw notCapable('An account can only move within one organization hierarchy');
  }
  for (const organization of [source, destination]) {
    if (!flagAllows(organization, 'account_mobility')) {
      throw notCapable(`Accounts cannot be moved ${organization === source ? 'out of' : 'into'} this organization`);
    }
  }
  const moved = { account_id: account.id, source_organization_id: organizationId, destination_organization_id: destinationId };
  await world.lag.act(account.id, world.switches.lagMilliseconds, () => world.store.accounts.move(account.id, destinationId));
  await record(ask, world, {
    organizationIds: [destinationId, organizationId],
    type: 'update',
    description: `Move account ${account.name ?? account.id}`,
    resource: { product: 'accounts', type: 'account', id: account.id, response: { ...moved, account_name: account.name } },
  });
  return result(moved);
};
