/** Words for what upstream sends; a value we do not know is shown as it came. */
const statuses: Readonly<Record<string, string>> = { active: 'Active', deleting: 'Deleting', deleted: 'Deleted' };
const targets: Readonly<Record<string, string>> = { account: 'Account', organization: 'Organization' };
const resourceTypes: Readonly<Record<string, string>> = {
  'custom-ruleset': 'Custom ruleset',
  'gateway-policy': 'Gateway policy',
  'gateway-destination-ip': 'Gateway destination IP',
  'gateway-block-page-settings': 'Gateway block page',
  'gateway-extended-email-matching': 'Gateway extended e-mail matching',
  'idp-federation-grant': 'Identity provider grant',
};

export const statusLabel = (value: string) => statuses[value] ?? value;
export const targetLabel = (value: string) => targets[value] ?? value;
export const resourceTypeLabel = (value: string) => resourceTypes[value] ?? value;
