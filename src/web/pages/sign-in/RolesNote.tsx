import { Info } from 'lucide-react';
import { permissionsOfRole, roleTitle, roles } from '../../../contract/permissions.ts';
import type { Permission } from '../../../contract/permissions.ts';
import { Popover } from '../../ui/Popover.tsx';

const subjects: readonly (readonly [string, string])[] = [
  ['organizations', 'Organizations'],
  ['accounts', 'Accounts'],
  ['members', 'Members'],
  ['profile', 'Profile'],
  ['spend', 'Usage & cost'],
  ['audit', 'Audit'],
  ['receipts', 'Receipts'],
  ['shares', 'Shares'],
];

function access(permissions: readonly Permission[], subject: string): string {
  const has = (act: string) => permissions.some((permission) => permission === `${subject}:${act}`);
  return has('write') ? 'change' : has('read') ? 'see' : 'no';
}

/** That roles are Canopy's own, and what each of them may. */
export function RolesNote() {
  return (
    <div className="flex gap-2 text-muted">
      <Info className="mt-0.5 size-3.5 max-sm:hidden" />
      <div className="prose-width">
        Roles are Canopy’s own. Cloudflare gives every member of an organization the same full control.{' '}
        <Popover
          label="How roles work"
          width={460}
          trigger={(props) => (
            <button type="button" className="link" {...props}>
              How roles work
            </button>
          )}
        >
          <p className="mb-2 text-muted">
            The role decides what Canopy shows and sends. A partner’s role covers one organization and everything below it.
          </p>
          <table className="w-full text-xs">
            <thead>
              <tr className="text-left text-muted">
                <th className="py-1 font-medium" scope="col">
                  May
                </th>
                {roles.map((role) => (
                  <th key={role} className="py-1 font-medium" scope="col">
                    {roleTitle[role]}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {subjects.map(([subject, title]) => (
                <tr key={subject} className="border-t border-line-soft">
                  <th className="py-1 text-left font-medium" scope="row">
                    {title}
                  </th>
                  {roles.map((role) => {
                    const word = access(permissionsOfRole[role], subject);
                    return (
                      <td key={role} className={word === 'no' ? 'text-faint' : ''}>
                        {word}
                      </td>
                    );
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </Popover>
      </div>
    </div>
  );
}
