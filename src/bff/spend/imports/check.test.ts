import { expect, test } from 'vitest';
import { FileCheck } from './check.ts';
import { columnsOf } from './columns.ts';

test('a file of endless different names is refused before they fill the memory', () => {
  const columns = columnsOf(['ChargePeriodStart', 'BillingAccountId', 'RegionId', 'SkuId', 'ServiceName']);
  const check = new FileCheck({ format: 'csv', delimiter: ',', columns });
  const long = 'x'.repeat(990);
  const feed = () => {
    for (let at = 0; at < 49_000; at++) {
      const word = `${at}${long}`;
      check.add({ line: at, fields: ['2026-01-01', word, word, word, word] });
    }
  };
  expect(feed).toThrow(expect.objectContaining({ report: expect.objectContaining({ code: 'too_large' }) }));
});
