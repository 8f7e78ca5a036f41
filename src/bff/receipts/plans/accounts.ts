import { listOrganizationAccounts, moveAccount } from '../../../contract/cloudflare/accounts.ts';
import type { Plan } from '../plan.ts';
import { nameOf, wholeList } from '../reading.ts';
import type { Reading } from '../reading.ts';

export const relocateAccount: Plan<typeof moveAccount> = {
  row: moveAccount,
  changesTree: false,
  turn: ({ params }) => `account ${params.accountId}`,

  async prepare({ input, asking }, reading) {
    const { accountId } = input.params;
    const destinationId = input.body?.destination_organization_id ?? '';
    const sourceId = await reading.directory.organizationOfAccount(accountId, asking);
    const from = sourceId === null ? '' : ` from ${await nameOf(sourceId, reading)}`;
    return {
      input,
      summary: `Move account ${await accountName(accountId, sourceId, reading)}${from} to ${await nameOf(destinationId, reading)}`,
      organizationIds: sourceId === null ? [destinationId] : [sourceId, destinationId],
      targetId: accountId,
      before: { sourceId },
    };
  },

  /** The list of an organization holds only its own accounts, so standing in it is proof. */
  async settle({ input, before, organizationId }, { upstream, asking }) {
    const { accountId } = input.params;
    const destinationId = input.body?.destination_organization_id ?? '';
    const query = {};
    const result = wholeList(
      await upstream.walk(listOrganizationAccounts, { params: { organizationId: destinationId }, query }, asking),
    );
    if (!result.some(({ id }) => id === accountId)) return { kind: 'absent' };
    const source = sourceOf(before) ?? organizationId ?? '';
    return {
      kind: 'applied',
      result: { account_id: accountId, destination_organization_id: destinationId, source_organization_id: source },
    };
  },
};

function sourceOf(before: unknown): string | null {
  return typeof before === 'object' && before !== null && 'sourceId' in before && typeof before.sourceId === 'string'
    ? before.sourceId
    : null;
}

/** The name where the snapshot knows it; a sentence is not worth asking upstream for. */
async function accountName(accountId: string, sourceId: string | null, { directory }: Reading): Promise<string> {
  if (sourceId === null) return accountId;
  const rows = await directory.accounts(null, sourceId, false).then(
    (known) => known.rows,
    () => [],
  );
  return rows.find(({ id }) => id === accountId)?.name ?? accountId;
}
