import { expect, test } from 'vitest';
import type { UsageSeriesTable } from '../../database/migrations/usage.ts';
import { wordsOf } from './estimate-words.ts';

const nothing: UsageSeriesTable = {
  series_id: 1,
  organization_id: 'o',
  key: '',
  account_id: 'a',
  account_name: null,
  currency: null,
  charge_category: null,
  charge_class: null,
  charge_description: null,
  charge_frequency: null,
  consumed_unit: null,
  pricing_unit: null,
  region_id: null,
  region_name: null,
  sub_account_id: null,
  sub_account_name: null,
  host_provider_name: null,
  invoice_issuer_name: null,
  service_provider_name: null,
  metric_id: null,
  metric_name: null,
  category: null,
  family_id: null,
  family_name: null,
  zone_id: null,
  zone_name: null,
  nulls: null,
  source: 'cloudflare',
};

test('who hosts and bills what a file holds is not said to be Cloudflare', () => {
  const companies = (more: Partial<UsageSeriesTable>) => {
    const { ProviderName, PublisherName, InvoiceIssuerName, x_AsSent } = wordsOf({ ...nothing, ...more });
    expect(x_AsSent).toBeNull();
    return [ProviderName, PublisherName, InvoiceIssuerName];
  };
  const file = { source: '5b0f0f3c-0000-4000-8000-000000000000' };
  expect(companies({ ...file, service_provider_name: 'Amazon' })).toEqual(['Amazon', 'Amazon', 'Amazon']);
  expect(companies({ ...file, service_provider_name: 'Amazon', invoice_issuer_name: 'A Reseller' })).toEqual([
    'Amazon',
    'Amazon',
    'A Reseller',
  ]);
  expect(companies({ ...file, host_provider_name: 'Amazon' })).toEqual(['Amazon', 'Amazon', 'Amazon']);
  expect(companies(file)).toEqual(['unknown', 'unknown', 'unknown']);
  expect(companies({})).toEqual(['Cloudflare', 'Cloudflare', 'Cloudflare']);
  expect(companies({ invoice_issuer_name: 'A Reseller' })).toEqual(['Cloudflare', 'Cloudflare', 'A Reseller']);
});

test('a service is what its records say it is, as far as FOCUS has such a class', () => {
  const file = { ...nothing, source: '5b0f0f3c-0000-4000-8000-000000000000' };
  const service = (one: Partial<UsageSeriesTable>, name: string | null, category: string | null, subcategory: string | null) => {
    const said = { ServiceName: name, ServiceCategory: category, ServiceSubcategory: subcategory };
    const { ServiceName, ServiceCategory, ServiceSubcategory, x_AsSent } = wordsOf({ ...file, ...one }, said);
    return [ServiceName, ServiceCategory, ServiceSubcategory, JSON.parse(x_AsSent ?? '{}')];
  };
  const s3 = { family_name: 'Amazon S3', category: 'Storage' };
  expect(service(s3, 'Amazon S3', 'Storage', 'Object Storage')).toEqual(['Amazon S3', 'Storage', 'Object Storage', {}]);
  expect(service(s3, 'Amazon S3', 'Storage', null)).toEqual(['Amazon S3', 'Storage', 'Other (Storage)', {}]);
  expect(service(s3, 'Amazon S3', 'storage', 'Virtual Machines')).toEqual([
    'Amazon S3',
    'Storage',
    'Other (Storage)',
    { ServiceCategory: 'storage', ServiceSubcategory: 'Virtual Machines' },
  ]);
  expect(service(s3, 'Amazon S3', 'Cloud things', 'Buckets')).toEqual([
    'Amazon S3',
    'Other',
    'Other (Other)',
    { ServiceCategory: 'Cloud things', ServiceSubcategory: 'Buckets' },
  ]);
  const r2 = { family_id: 'r2', family_name: 'R2' };
  expect(service(r2, 'Object store – Köln', null, null)).toEqual([
    'Object store - Koln',
    'Storage',
    'Object Storage',
    { ServiceName: 'Object store – Köln' },
  ]);
  expect(service(r2, 'R2', 'Storage', null)).toEqual(['R2', 'Storage', 'Object Storage', {}]);
  expect(service(r2, null, null, null)).toEqual(['R2', 'Storage', 'Object Storage', {}]);
});
