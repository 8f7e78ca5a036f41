import { expect, test } from 'vitest';
import { ruleOf } from './role.ts';

test('a refusal names the role, the act and who may', () => {
  expect(ruleOf('billing-viewer', 'members:read')).toBe(
    'Billing viewer may not see members. Administrator, Viewer and Auditor may.',
  );
  expect(ruleOf('viewer', 'members:write')).toBe('Viewer may not invite or remove members. Administrator may.');
});
