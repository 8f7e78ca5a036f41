import { permissionsOfRole, roleAllows, roleTitle } from '../../contract/permissions.ts';
import type { Permission, Role } from '../../contract/permissions.ts';
import { Problem } from '../problem.ts';
import type { Person } from '../services.ts';

/** Whether a word is a role we know. Anything else may do nothing. */
export const isRole = (word: string): word is Role => Object.hasOwn(permissionsOfRole, word);

const roleMayBe = (permission: Permission): string =>
  Object.entries(permissionsOfRole)
    .filter(([, permissions]) => permissions.includes(permission))
    .map(([role]) => roleTitle[role as Role]) // the keys of the same object
    .join(' or ');

/** The report for a person who is not, or no longer, signed in. */
export const notSignedIn = () =>
  new Problem({ code: 'not_signed_in', message: 'You are not signed in, or your session has ended.', action: 'Sign in again.' });

/** Lets in only a person whose role, as it is now, holds the permission. */
export function requirePermission(person: Person, permission: Permission): void {
  if (isRole(person.role) && roleAllows(person.role, permission)) return;
  throw new Problem({
    code: 'not_allowed',
    message: `Your role, ${isRole(person.role) ? roleTitle[person.role] : 'unknown'}, does not include this (${permission}).`,
    action: `Ask someone with the role ${roleMayBe(permission)}.`,
  });
}
