import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { Stack } from '../cli/testing/stack.ts';
import { tiny } from '../cli/testing/world.ts';
import { createExport } from '../contract/canopy/exports.ts';
import { listAuditEvents } from '../contract/cloudflare/audit.ts';
import { readVerbatim, writeExact } from '../contract/exact-json.ts';
import { getOrganizationUsage } from '../contract/cloudflare/usage.ts';

const quantity = '"ConsumedQuantity":9007199254740993,"ListUnitPrice":0.1000000000000000055,"BilledCost":-0.30';
const usage = `{"BillingAccountId":"a","ChargePeriodStart":"2026-10-01T00:00:00Z",${quantity}}`;
const event =
  '{"id":"e1","action":{"time":"2026-10-01T00:00:00Z"},"resource":{"request":{"limit":12345678901234567890,"10":1.50,"9":[-0,1e3]}}}';

test('every digit of a proxied read reaches the browser, and every digit of an event the file', async () => {
  const upstream = createServer((request, response) => {
    const rows = request.url?.includes('/usage') ? usage : request.url?.includes('/logs/audit') ? event : '';
    response.setHeader('content-type', 'application/json');
    response.end(`{"success":true,"errors":[],"messages":[],"result":[${rows}],"result_info":{}}`);
  });
  await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve));
  const { port } = upstream.address() as AddressInfo; // it listens on TCP
  const stack = await Stack.start({ upstreamBaseUrl: `http://127.0.0.1:${port}/client/v4` });
  try {
    const params = { organizationId: tiny.root.id };
    const range = { since: '2026-10-01', before: '2026-10-15' };
    const [admin, billing] = [await stack.signIn('admin'), await stack.signIn('billing')];
    for (const visitor of [admin, billing]) {
      const { text, info } = await visitor.ask(getOrganizationUsage, { params });
      expect(text).toContain('"ConsumedQuantity":9007199254740993,"ListUnitPrice":0.1000000000000000055');
      expect(info?.odd_rows).toBeUndefined();
    }
    const { text } = await admin.ask(listAuditEvents, { params, query: range });
    expect(text).toContain(event);
    // as the page reads it and shows it
    expect(writeExact((readVerbatim(text) as { result: unknown[] }).result)).toBe(`[${event}]`);

    for (const format of ['csv', 'ndjson'] as const) {
      const query = new URLSearchParams(range).toString();
      const { result } = await admin.ask(createExport, {
        body: { kind: 'audit', format, organization: tiny.root.id, query },
      });
      const file = await admin.send('GET', result.url, { headers: { 'sec-fetch-site': 'same-origin' } });
      expect(file.text).toMatch(/limit"+:12345678901234567890/);
    }
  } finally {
    await stack.close();
    await new Promise((resolve) => upstream.close(resolve));
  }
});
