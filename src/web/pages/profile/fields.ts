import { readVerbatim } from '../../../contract/exact-json.ts';
import { ModifyProfileRequest, profileFields } from '../../../contract/cloudflare/profile.ts';
import type { Profile, ProfileField } from '../../../contract/cloudflare/profile.ts';
import type { ProfileValues } from './merge.ts';

export const fieldLabels: Readonly<Record<ProfileField, string>> = {
  business_name: 'Business name',
  business_email: 'Business e-mail',
  business_phone: 'Business phone',
  business_address: 'Business address',
  external_metadata: 'External metadata',
};

/** Longest text that Canopy sends; upstream publishes no limits. */
export const fieldLimits: Readonly<Record<ProfileField, number>> = {
  business_name: 255,
  business_email: 255,
  business_phone: 255,
  business_address: 2048,
  external_metadata: 16_384,
};

/** The five fields of what upstream sent. */
export function valuesOf(profile: Profile): ProfileValues {
  const { business_name, business_email, business_phone, business_address, external_metadata } = profile;
  return { business_name, business_email, business_phone, business_address, external_metadata };
}

/** What is wrong with each field, in words; an empty object when nothing is. */
export function fieldErrors(values: ProfileValues): Partial<Record<ProfileField, string>> {
  const read = ModifyProfileRequest.safeParse(values);
  const errors: Partial<Record<ProfileField, string>> = {};
  for (const issue of read.error?.issues ?? []) {
    const field = profileFields.find((name) => name === issue.path[0]);
    if (field && !errors[field]) errors[field] = `${fieldLabels[field]} ${issue.message}.`;
  }
  return errors;
}

export function filledFields(values: ProfileValues): ProfileField[] {
  return profileFields.filter((field) => values[field].trim() !== '');
}

/** The value of a text that is JSON; undefined where it is not. */
export function parsedJson(text: string): { value: unknown } | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return { value: readVerbatim(text) };
  } catch {
    return undefined;
  }
}
