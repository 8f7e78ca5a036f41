import * as z from 'zod/mini';

/** 32 lower-case letters and digits; not always hexadecimal (Cloudflare's own examples are not). */
export const OrganizationId = z.string().check(z.regex(/^[a-z0-9]{32}$/, 'must be 32 lower-case letters and digits'));
/** 32 lower-case hexadecimal digits. */
export const AccountId = z.string().check(z.regex(/^[a-f0-9]{32}$/, 'must be 32 lower-case hexadecimal digits'));
export const MemberId = z.string().check(z.regex(/^[A-Za-z0-9_-]{1,64}$/, 'must be 1 to 64 letters, digits, - or _'));
export const AuditEventId = z.string().check(z.regex(/^[A-Za-z0-9_-]{1,64}$/, 'must be 1 to 64 letters, digits, - or _'));
/** Ids that Canopy makes itself: receipts, export tickets. */
export const CanopyId = z.string().check(z.regex(/^[A-Za-z0-9_-]{1,64}$/, 'must be 1 to 64 letters, digits, - or _'));
