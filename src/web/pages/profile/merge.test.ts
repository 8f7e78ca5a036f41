import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changedFields, mergeProfiles, mergedProfile } from './merge.ts';
import type { ProfileValues } from './merge.ts';

const base: ProfileValues = {
  business_name: 'Redfern Health',
  business_email: 'ops@redfern.example',
  business_phone: '+1 555 0118 204',
  business_address: '{"city":"Abilene"}',
  external_metadata: '{"crm":  7}',
};

describe('merging a profile that somebody else saved meanwhile', () => {
  it('tells who changed what', () => {
    const mine = { ...base, business_phone: '+1 555 0118 260', business_email: 'it@redfern.example', external_metadata: 'x' };
    const theirs = {
      ...base,
      business_phone: '+1 555 0118 999',
      business_address: '{"city":"San Angelo"}',
      external_metadata: 'x',
    };
    expect(Object.fromEntries(mergeProfiles(base, mine, theirs).map(({ field, kind }) => [field, kind]))).toEqual({
      business_name: 'same',
      business_email: 'mine',
      business_phone: 'conflict',
      business_address: 'theirs',
      external_metadata: 'agreed',
    });
  });

  it('saves nothing before every conflict is decided', () => {
    const fields = mergeProfiles(base, { ...base, business_phone: '1' }, { ...base, business_phone: '2', business_name: 'New' });
    expect(mergedProfile(fields, {})).toBeNull();
    expect(mergedProfile(fields, { business_phone: 'theirs' })).toEqual({ ...base, business_phone: '2', business_name: 'New' });
    expect(mergedProfile(fields, { business_phone: 'mine', business_name: 'mine' })).toEqual({ ...base, business_phone: '1' });
  });

  const profile = fc.record({
    business_name: fc.string(),
    business_email: fc.string(),
    business_phone: fc.string(),
    business_address: fc.string(),
    external_metadata: fc.string(),
  });

  it('gives back one side untouched when the other changed nothing', () => {
    fc.assert(
      fc.property(profile, profile, (before, after) => {
        expect(mergedProfile(mergeProfiles(before, after, before), {})).toEqual(after);
        expect(mergedProfile(mergeProfiles(before, before, after), {})).toEqual(after);
        expect(changedFields(before, before)).toEqual([]);
      }),
    );
  });
});
