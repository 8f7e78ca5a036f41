import { profileFields } from '../../../contract/cloudflare/profile.ts';
import type { Profile, ProfileField } from '../../../contract/cloudflare/profile.ts';

/** The editable part of a profile. */
export type ProfileValues = Pick<Profile, ProfileField>;

/**
 * One field after somebody else saved while this person was typing.
 * - `same`: nobody changed it
 * - `mine`: only this person did
 * - `theirs`: only the other did
 * - `agreed`: both made the same change
 * - `conflict`: both changed it, differently
 */
export type FieldMerge = {
  field: ProfileField;
  base: string;
  mine: string;
  theirs: string;
  kind: 'same' | 'mine' | 'theirs' | 'agreed' | 'conflict';
};

/** Three versions of a profile, field by field. */
export function mergeProfiles(base: ProfileValues, mine: ProfileValues, theirs: ProfileValues): FieldMerge[] {
  return profileFields.map((field) => {
    const values = { field, base: base[field], mine: mine[field], theirs: theirs[field] };
    if (values.mine === values.theirs) return { ...values, kind: values.mine === values.base ? 'same' : 'agreed' };
    if (values.mine === values.base) return { ...values, kind: 'theirs' };
    return { ...values, kind: values.theirs === values.base ? 'mine' : 'conflict' };
  });
}

/** What would be saved: the side that changed, and for a conflict the side chosen. Null while one is not chosen. */
export function mergedProfile(
  fields: readonly FieldMerge[],
  choices: Readonly<Partial<Record<ProfileField, 'mine' | 'theirs'>>>,
): ProfileValues | null {
  const merged: Partial<ProfileValues> = {};
  for (const { field, mine, theirs, kind } of fields) {
    const side = choices[field] ?? (kind === 'theirs' ? 'theirs' : kind === 'conflict' ? null : 'mine');
    if (side === null) return null;
    merged[field] = side === 'mine' ? mine : theirs;
  }
  return merged as ProfileValues; // every field was visited
}

/** Fields whose values differ. */
export function changedFields(before: ProfileValues, after: ProfileValues): ProfileField[] {
  return profileFields.filter((field) => before[field] !== after[field]);
}
