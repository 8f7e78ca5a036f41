import { expect, it } from 'vitest';
import { masked } from './masking.ts';

it('masks text under keys that name a secret, at any depth, and counts it', () => {
  expect(
    masked({ name: 'ci', api_token: 'abc', nested: [{ clientSecret: 'x', token_id: 'kept' }], tokens: ['kept too'] }),
  ).toEqual({
    hidden: 2,
    value: { name: 'ci', api_token: '••••••••', nested: [{ clientSecret: '••••••••', token_id: 'kept' }], tokens: ['kept too'] },
  });
  expect(masked('plain')).toEqual({ value: 'plain', hidden: 0 });
});
