import { noCurrency } from '../../../contract/canopy/currency.ts';
import { otherFocusFields, values, words } from '../columns.ts';

/** Columns that are read: those of Cloudflare's records, and those of FOCUS that stand in for them. */
const read = [...words.map(([name]) => name), ...values.map(([name]) => name)];

/** Columns that FOCUS 0.5 to 1.2 named otherwise. */
const olderNames: Readonly<Record<string, string>> = {
  ProviderName: 'ServiceProviderName',
  Provider: 'ServiceProviderName',
  PublisherName: 'HostProviderName',
  Publisher: 'HostProviderName',
  InvoiceIssuer: 'InvoiceIssuerName',
  Region: 'RegionId',
  UsageQuantity: 'ConsumedQuantity',
  UsageUnit: 'ConsumedUnit',
};

/** Columns of FOCUS that say of any provider's charges what Cloudflare's own say of theirs; used where those are empty. */
export const standIns = [
  ['ServiceCategory', 'x_ProductCategoryName'],
  ['ServiceName', 'x_ProductFamilyName'],
  ['SkuId', 'x_BillableMetricId'],
  ['SkuMeter', 'x_BillableMetricName'],
] as const;

/** A name as people and tools write it: `billing_account_id`, `Billing Account Id`, `BillingAccountId`. */
const plain = (name: string): string => name.toLowerCase().replaceAll(/[\s_]/g, '');
const known = new Map<string, string>([
  ...[...otherFocusFields].map((name) => [plain(name), name] as const),
  ...Object.entries(olderNames).map(([older, name]) => [plain(older), name] as const),
  ...read.map((name) => [plain(name), name] as const),
]);
const readNames = new Set<string>([...read, ...standIns.map(([name]) => name)]);

export interface Column {
  /** As the file names it, without a second one of that name. */
  name: string;
  /** The FOCUS column it is; null where it is none that we know. */
  focus: string | null;
  /** The column of ours that it is read as; null where it is kept unread. */
  reads: string | null;
}

/** What the columns of a header are. Where several are the same one, the first is read. */
export function columnsOf(header: readonly string[]): Column[] {
  const taken = new Set<string>();
  const names = new Set(header.map((given) => given.trim()));
  const used = new Map<string, number>();
  return header.map((given, index) => {
    const trimmed = given.trim() || `Column ${index + 1}`;
    let times = (used.get(trimmed) ?? 0) + 1;
    while (times > 1 && names.has(`${trimmed} (${times})`)) times++;
    used.set(trimmed, times);
    const name = times === 1 ? trimmed : `${trimmed} (${times})`;
    const focus = known.get(plain(trimmed)) ?? null;
    if (focus === null || taken.has(focus)) return { name, focus: null, reads: null };
    taken.add(focus);
    return { name, focus, reads: readNames.has(focus) ? focus : null };
  });
}

/** Columns that are none of FOCUS or Cloudflare. */
export const newColumns = (columns: readonly Column[]): string[] =>
  columns.flatMap(({ name, focus }) => (focus === null ? [name] : []));

/** Columns whose absence changes what the rows can tell. */
export const consequences: readonly (readonly [column: string, consequence: string])[] = [
  ['BilledCost', 'No row has a billed cost: usage is estimated where the rate card knows its metric, and has no rate elsewhere.'],
  ['BillingCurrency', `Costs have no currency. They are listed as ${noCurrency} and never added to another.`],
  ['BillingAccountId', 'Rows belong to no account, so they cannot stand instead of Cloudflare’s.'],
  ['ConsumedQuantity', 'There is no usage in the rows, only cost.'],
  ['EffectiveCost', 'Effective cost and the effective savings rate do not count these rows.'],
  ['ListCost', 'List price comparisons do not count these rows.'],
  ['ChargeCategory', 'Every row counts as usage.'],
];
