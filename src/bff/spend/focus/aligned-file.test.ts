import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readRecords } from '../../../cli/testing/records-file.ts';
import type { ReadRecords } from '../../../cli/testing/records-file.ts';
import { defaultCard } from '../pricing/default-card.ts';
import { breaking, trueButRefused } from './testing-records.ts';
import { byAccount, byText, openScene } from './testing-scene.ts';
import type { RecordsScene } from './testing-scene.ts';

let scene: RecordsScene;
beforeAll(async () => void (scene = await openScene()), 30_000);
afterAll(() => scene.close());
const take = async (...asked: Parameters<RecordsScene['take']>): Promise<ReadRecords> => readRecords(await scene.take(...asked));

describe.each(['csv', 'parquet'] as const)('records as sent, in %s', (format) => {
  let file: ReadRecords;
  beforeAll(async () => void (file = await take('focus-aligned', format)));

  test('hold every record with its digits, and what is absent apart from what is null', () => {
    expect(file.rows).toHaveLength(
      4 * defaultCard.lines.length + 11 + breaking('2026-11-03').length + trueButRefused('2026-11-03').length,
    );
    const odd = byAccount(file.rows, 'f');
    expect(odd.map((row) => row['ConsumedQuantity'] ?? '').toSorted(byText)).toEqual(
      format === 'csv' ? ['0.123456789012', '1000.0'] : ['0.123456789012', '1000.000000000000'],
    );
    expect(JSON.parse(odd.find((row) => row['x_ExactValues'])?.['x_ExactValues'] ?? '{}')).toEqual({
      ConsumedQuantity: '0.12345678901234567890',
    });
    expect(JSON.parse(odd.find((row) => row['x_OtherColumns'])?.['x_OtherColumns'] ?? '{}')).toEqual({
      Colour: { of: 'somebody@example.com' },
    });
    expect(
      byAccount(file.rows, 'd')
        .map((row) => `${row['RegionId']} ${row['x_NullColumns']}`)
        .toSorted(),
    ).toEqual(['null RegionId', 'null null']);
    expect(byAccount(file.rows, 'b')[0]).toMatchObject({
      BillingAccountName: 'Köln “Nord” GmbH',
      ChargePeriodStart: '2026-11-02T00:00:00Z',
      ChargePeriodEnd: '2026-11-03T00:00:00Z',
      BilledCost: null,
    });
    expect(byAccount(file.rows, 'g')[0]).toMatchObject({
      ChargePeriodStart: '2026-11-02T05:00:00Z',
      ChargePeriodEnd: '2026-11-02T06:00:00Z',
    });
    expect(byAccount(file.rows, 'd').find((row) => row['ConsumedUnit'] === '')).toBeDefined();
  });

  test('have their own columns last, and say what is missing', () => {
    const own = file.columns.map(({ name }) => name.startsWith('x_'));
    expect(own.lastIndexOf(false)).toBe(own.indexOf(true) - 1);
    expect(file.metadata).toMatchObject({
      specification: { version: '1.3', conformant: false },
      missingMandatoryColumns: ['HostProviderName', 'ServiceCategory', 'ServiceName'],
    });
    expect(JSON.stringify(file.metadata['partlyMissingColumns'])).toContain('"BilledCost"');
  });
});

test('who may not see persons gets no field that could name one', async () => {
  const { text } = await take('focus-aligned', 'csv', {}, 'billing-viewer');
  expect(text).not.toContain('@example.com');
});
