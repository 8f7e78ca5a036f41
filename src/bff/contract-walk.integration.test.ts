import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { errorIn } from '../cli/testing/visitor.ts';
import type { Visitor } from '../cli/testing/visitor.ts';
import { Stack } from '../cli/testing/stack.ts';
import { listAccess } from '../contract/canopy/access.ts';
import { canopyEndpoints, cloudflareEndpoints } from '../contract/endpoints.ts';
import { pathOf } from '../contract/endpoint.ts';
import type { Endpoint } from '../contract/endpoint.ts';
import { permissionsOfRole } from '../contract/permissions.ts';
import { people, tiny } from '../cli/testing/world.ts';

// Every row of the contract, as every role and as a stranger, with every method: allowed exactly as the table of
// roles says, and what is refused never reaches upstream.

let stack: Stack;
const visitors = new Map<string, Visitor>();
beforeAll(async () => {
  stack = await Stack.start();
  await stack.readAhead();
  for (const { id } of people) visitors.set(id, await stack.signIn(id));
});
afterAll(() => stack.close());

/** Everything the backend sent to anyone. */
const sent: string[] = [];
const noted = <T extends { text: string; headers: Headers }>(received: T): T => {
  sent.push(received.text, ...received.headers.values());
  return received;
};

/** Who was refused what. */
const refusals: { id: string; operation: string }[] = [];

const methods = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS', 'TRACE'] as const;
const rows = [
  ...Object.values<Endpoint>(cloudflareEndpoints).map((row) => ({ row, base: '/api/cloudflare' })),
  ...Object.values<Endpoint>(canopyEndpoints).map((row) => ({ row, base: '/api' })),
];
/** Captures that name something in Quillon North, which everyone here sees. */
const params: Readonly<Record<string, string>> = {
  organizationId: tiny.north.id,
  accountId: tiny.accounts.mill.id,
  memberId: tiny.members.northAdmin.id,
  eventId: 'no-such-event',
  receiptId: 'no-such-receipt',
  ticket: 'no-such-ticket',
  dimension: 'account',
  key: 'team',
  version: '1',
  importId: 'no-such-import',
  budgetId: 'no-such-budget',
  noteId: 'no-such-note',
  viewId: 'no-such-view',
};
const pathOfRow = (base: string, row: Endpoint) => `${base}${pathOf(row, params)}`;
const methodsAt = (path: string) =>
  rows.filter(({ base, row }) => pathOfRow(base, row) === path).map(({ row }) => row.method as string);

/** Whether the guards let a request through: what comes after them may still refuse the input. */
function passed(status: number, code: string | null): boolean {
  return !(status === 401 || status === 404 || status === 405 || code === 'not_allowed') || code === 'upstream_not_found';
}

describe.each(rows)('$row.method $row.path', ({ row, base }) => {
  const path = pathOfRow(base, row);

  test.each([...people])('as $id', async ({ id, role }) => {
    const visitor = visitors.get(id);
    const mark = await stack.mark();
    // no idempotency key and no body: a write that is let through stops at the next guard
    const received = visitor && noted(await visitor.send(row.method, path));
    if (!received) throw new Error(id);
    const code = received.status >= 400 ? errorIn(received).code : null;
    const mayEnter =
      row.permission === 'anyone' || row.permission === 'signed-in' || permissionsOfRole[role].includes(row.permission);
    if (row.recorded === 'sign-out') visitors.set(id, await stack.signIn(id));
    if (mayEnter) {
      expect(code, received.text).not.toBe('not_allowed');
      expect([401, 403, 405, 500], received.text).not.toContain(received.status);
      return;
    }
    expect(received.status).toBe(403);
    expect(code).toBe('not_allowed');
    refusals.push({ id, operation: row.name });
    expect((await stack.requestsSince(mark)).requests).toEqual([]);
  });

  test('as a stranger', async () => {
    const mark = await stack.mark();
    const received = noted(await stack.stranger().send(row.method, path));
    expect((await stack.requestsSince(mark)).requests).toEqual([]);
    if (row.permission === 'anyone') expect(received.status).not.toBe(401);
    else expect(errorIn(received).code).toBe('not_signed_in');
  });

  test('with every other method, as the administrator', async () => {
    const visitor = visitors.get('admin');
    const others = methods.filter((method) => !methodsAt(path).includes(method) && method !== 'TRACE');
    const mark = await stack.mark();
    for (const method of others) {
      const received = await visitor?.send(method, path);
      expect(received?.status, method).toBe(405);
      if (method !== 'HEAD') expect(passed(405, errorIn(received ?? { text: '' }).code)).toBe(false);
      expect(received?.headers.get('access-control-allow-origin')).toBeNull();
    }
    expect((await stack.requestsSince(mark)).requests).toEqual([]);
  });
});

test('every refusal of a person is in the ledger', async () => {
  const admin = visitors.get('admin');
  const { rows: entries } = (await admin?.ask(listAccess, { query: { kind: ['denied'], limit: 500 } }))?.result ?? { rows: [] };
  const kept = new Set(entries.map(({ actor, operation, reason }) => `${actor?.id} ${operation} ${reason}`));
  expect(refusals.length).toBeGreaterThan(50);
  for (const { id, operation } of refusals) expect(kept).toContain(`${id} ${operation} not_allowed`);
});

test('no credential is in anything that was sent or logged on the way', () => {
  const { token, email, key } = stack.credentials;
  const said = [...sent, ...stack.log].join('\n');
  expect(said.length).toBeGreaterThan(50_000);
  for (const secret of [token, key, email]) {
    expect(said).not.toContain(secret);
    expect(said).not.toContain(encodeURIComponent(secret));
    expect(said).not.toContain(btoa(secret).slice(0, -4));
  }
});
