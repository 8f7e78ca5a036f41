import { roleTitle } from '../../contract/permissions.ts';
import { useRole } from '../queries/role.ts';
import { Avatar } from '../ui/Avatar.tsx';
import { Popover } from '../ui/Popover.tsx';
import { PersonCard } from './load-layers.ts';

/** The person's initials; opens who they are here and the way out. */
export function AvatarMenu() {
  const { user, role } = useRole().session;
  return (
    <Popover
      label={`Signed in as ${user.name}`}
      align="end"
      width={276}
      trigger={(props) => (
        <button
          type="button"
          aria-label={`${user.name}, ${roleTitle[role]}`}
          className="flex items-center justify-center rounded-md max-sm:size-10"
          onPointerEnter={PersonCard.preload}
          onFocus={PersonCard.preload}
          {...props}
        >
          <Avatar name={user.name} />
        </button>
      )}
    >
      {(close) => <PersonCard.Part onDone={close} />}
    </Popover>
  );
}
