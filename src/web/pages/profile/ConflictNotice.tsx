import { GitMerge } from 'lucide-react';
import { useState } from 'react';
import { plural } from '../../lib/format.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Diff } from '../../ui/Diff.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Time } from '../../ui/Time.tsx';
import type { FieldMerge, ProfileValues } from './merge.ts';

/** Somebody else saved meanwhile: what was compared, and how many fields wait for a choice. */
export function ConflictNotice({
  fields,
  opened,
  theirs,
}: {
  fields: readonly FieldMerge[];
  opened: { values: ProfileValues; at: string };
  theirs: { values: ProfileValues };
}) {
  const [comparing, setComparing] = useState(false);
  const conflicts = fields.filter(({ kind }) => kind === 'conflict').length;
  const taken = fields.filter(({ kind }) => kind === 'theirs' || kind === 'agreed').length;
  return (
    <>
      <Notice
        tone="warning"
        icon={GitMerge}
        action={
          <Button size="toolbar" onClick={() => setComparing(true)}>
            Compare all fields
          </Button>
        }
      >
        <p role="status">
          <strong className="font-semibold text-ink">
            This profile was saved by somebody else after you opened it at <Time at={opened.at} show="clock" />.
          </strong>{' '}
          Nothing of yours was sent. Three versions were compared: when you opened it, yours, and the saved one.{' '}
          {conflicts === 0 ? 'No field needs your choice' : `${plural(conflicts, 'field needs', 'fields need')} your choice`}
          {taken > 0 && `; ${plural(taken, 'was', 'were')} merged`}.
        </p>
      </Notice>
      {comparing && (
        <Dialog
          title="What changed since you opened it"
          consequence="On the left the profile as you opened it, on the right as it is saved now."
          cancel="Close"
          size="preflight"
          onClose={() => setComparing(false)}
        >
          <Diff before={opened.values} after={theirs.values} view="side-by-side" />
        </Dialog>
      )}
    </>
  );
}
