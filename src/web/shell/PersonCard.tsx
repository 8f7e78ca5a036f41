import { LogOut, MonitorCog, Moon, Settings, Sun, UserRoundCog } from 'lucide-react';
import { roleTitle } from '../../contract/permissions.ts';
import { useGoAway } from '../lib/leaving.ts';
import { setPreference, usePreferences } from '../lib/preferences.ts';
import { useRole } from '../queries/role.ts';
import { Button, ButtonLink } from '../ui/Button.tsx';
import { SegmentedControl } from '../ui/SegmentedControl.tsx';
import { Upstream } from '../ui/Upstream.tsx';
import { useScopeTree } from './scope-tree.ts';

/** Who I am, what I may see, how it looks, and the way out. */
export function PersonCard({ onDone }: { onDone: () => void }) {
  const { session } = useRole();
  const { tree } = useScopeTree();
  const { theme } = usePreferences();
  const goAway = useGoAway();
  const { user, role, scopeOrganizationId } = session;
  const scope = scopeOrganizationId === null ? null : (tree?.byId.get(scopeOrganizationId)?.name ?? scopeOrganizationId);
  return (
    <div className="flex flex-col gap-3">
      <div className="min-w-0">
        <p className="truncate font-semibold">
          <Upstream>{user.name}</Upstream>
        </p>
        {user.email !== null && (
          <p className="truncate text-xs text-muted">
            <Upstream>{user.email}</Upstream>
          </p>
        )}
        <dl className="mt-2 grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-xs">
          <dt className="text-muted">Role</dt>
          <dd>{roleTitle[role]}</dd>
          <dt className="text-muted">Sees</dt>
          <dd>{scope === null ? 'Everything the credential sees' : <Upstream>{`${scope} and below`}</Upstream>}</dd>
        </dl>
      </div>
      <SegmentedControl
        label="Theme"
        value={theme}
        onChange={(value) => setPreference('theme', value)}
        options={[
          { value: 'system', label: 'System', icon: MonitorCog },
          { value: 'light', label: 'Light', icon: Sun },
          { value: 'dark', label: 'Dark', icon: Moon },
        ]}
      />
      <div className="-mx-3 -mb-3 flex flex-col gap-px border-t border-line p-1.5">
        <ButtonLink kind="quiet" href="/settings" onClick={onDone} icon={Settings} className="justify-start!">
          Settings
        </ButtonLink>
        {session.mode === 'sandbox' && (
          <ButtonLink kind="quiet" href="/sign-in" icon={UserRoundCog} className="justify-start!">
            Switch identity
          </ButtonLink>
        )}
        <Button kind="quiet" icon={LogOut} className="justify-start!" onClick={() => goAway('here')}>
          Sign out
        </Button>
      </div>
    </div>
  );
}
