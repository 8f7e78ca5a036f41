import { expect, test } from 'vitest';
import { sendImportPart } from '../../contract/canopy/imports.ts';
import { namedIn } from './scope.ts';

test('a part of a file is not searched for organizations, byte by byte', () => {
  const body = new Uint8Array(4 * 1024 * 1024);
  const began = performance.now();
  expect(namedIn(sendImportPart, { params: { importId: 'a' }, query: { offset: 0 }, body })).toEqual({
    organizations: [],
    accounts: [],
  });
  expect(performance.now() - began).toBeLessThan(100);
});
