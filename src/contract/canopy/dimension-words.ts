/** What the dimensions of spend are called: in the page, in its files, and where the server names what has no value. */
import type { RecordDimension, SpendDimension } from './spend.ts';
import { isTagDimension, tagKeyOf } from './tag-key.ts';

const words: Readonly<Record<RecordDimension, { title: string; without: string }>> = {
  organization: { title: 'Organization', without: 'No organization' },
  account: { title: 'Account', without: 'No account' },
  category: { title: 'Product category', without: 'No product category' },
  family: { title: 'Product family', without: 'No product family' },
  metric: { title: 'Metric', without: 'No metric' },
  zone: { title: 'Zone', without: 'No zone' },
  region: { title: 'Region', without: 'No region' },
  subscription: { title: 'Subscription', without: 'No subscription' },
  // FOCUS: a charge without a class is a regular one
  chargeClass: { title: 'Charge class', without: 'Regular' },
  currency: { title: 'Billing currency', without: 'No billing currency' },
  source: { title: 'Source', without: 'No source' },
};

export const dimensionTitle = (dimension: SpendDimension): string =>
  isTagDimension(dimension) ? `Tag ${tagKeyOf(dimension)}` : words[dimension].title;

/** What the group of records without a value is called. */
export const withoutValue = (dimension: SpendDimension): string =>
  isTagDimension(dimension) ? `Without tag ${tagKeyOf(dimension)}` : words[dimension].without;
