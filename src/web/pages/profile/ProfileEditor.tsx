import { useMemo, useState } from 'react';
import { useBeforeUnload, useBlocker } from 'react-router';
import { profileFields } from '../../../contract/cloudflare/profile.ts';
import type { Profile, ProfileField } from '../../../contract/cloudflare/profile.ts';
import { useModifyProfile } from '../../queries/profile.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog, DialogSection } from '../../ui/Dialog.tsx';
import { Diff } from '../../ui/Diff.tsx';
import { ErrorLine } from '../../ui/ErrorState.tsx';
import { toasts } from '../../ui/toasts.ts';
import { ConflictNotice } from './ConflictNotice.tsx';
import { ProfileFieldEditor } from './ProfileFieldEditor.tsx';
import { fieldErrors, fieldLabels, valuesOf } from './fields.ts';
import { changedFields, mergeProfiles, mergedProfile } from './merge.ts';
import type { ProfileValues } from './merge.ts';

interface Version {
  values: ProfileValues;
  version: string;
}

/** From this many changed fields on, the change is shown before it is sent. */
const fieldsThatNeedALook = 3;

/**
 * The edit form. `latest` is what upstream has now: when it moves on from `opened`, the three versions are merged and a
 * field that both sides changed waits for a choice. Nothing typed is lost.
 */
export function ProfileEditor({
  organizationId,
  opened,
  latest,
  onClose,
}: {
  organizationId: string;
  opened: Version & { at: string };
  latest: Version;
  onClose: () => void;
}) {
  const [typed, setTyped] = useState(opened.values);
  const [choices, setChoices] = useState<Partial<Record<ProfileField, 'mine' | 'theirs'>>>({});
  const [shown, setShown] = useState<Partial<Record<ProfileField, string>>>({});
  const [refused, setRefused] = useState<Version | null>(null);
  const [confirming, setConfirming] = useState(false);
  const save = useModifyProfile();

  // a save refused as stale brings the newer version along, which may be newer than the last read
  const theirs = refused && refused.version !== opened.version ? refused : latest;
  const moved = theirs.version !== opened.version;
  const fields = useMemo(
    () => mergeProfiles(opened.values, typed, moved ? theirs.values : opened.values),
    [opened.values, typed, moved, theirs.values],
  );
  const merged = mergedProfile(fields, choices);
  const changes = merged ? changedFields(moved ? theirs.values : opened.values, merged) : [];
  const dirty = changedFields(opened.values, typed).length > 0;
  const undecided = fields.filter(({ field, kind }) => kind === 'conflict' && !choices[field]);

  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) => dirty && !save.isSuccess && currentLocation.pathname !== nextLocation.pathname,
  );
  useBeforeUnload((event) => {
    if (dirty && !save.isSuccess) event.preventDefault();
  });

  const send = (body: ProfileValues) => {
    setConfirming(false);
    save.mutate(
      { params: { organizationId }, body, ifMatch: theirs.version },
      {
        onSuccess: () => {
          toasts.success({ title: 'Profile saved', note: changes.map((field) => fieldLabels[field]).join(', ') });
          onClose();
        },
        onError: ({ report }) => {
          if (report.code === 'stale_version' && report.current) {
            setRefused({ version: report.current.version, values: valuesOf(report.current.value as Profile) }); // the BFF sends the profile it read
          }
          setShown(Object.fromEntries((report.fields ?? []).map(({ field, message }) => [field, message])));
        },
      },
    );
  };

  const submit = () => {
    if (!merged) return;
    const errors = fieldErrors(merged);
    setShown(errors);
    const first = profileFields.find((field) => errors[field]);
    if (first) document.getElementById(`profile-${first}`)?.focus();
    else if (changes.length >= fieldsThatNeedALook) setConfirming(true);
    else send(merged);
  };

  const why =
    undecided.length > 0
      ? `Choose a value for ${undecided.map(({ field }) => fieldLabels[field].toLowerCase()).join(', ')} first.`
      : changes.length === 0 && 'Nothing is changed.';

  return (
    <form
      noValidate
      aria-label="Organization profile"
      className="flex min-h-0 flex-1 flex-col"
      onSubmit={(event) => {
        event.preventDefault();
        if (!why) submit();
      }}
    >
      {moved && <ConflictNotice fields={fields} opened={opened} theirs={theirs} />}
      {save.error && save.error.report.code !== 'stale_version' && (
        <ErrorLine className="px-(--gutter) pt-3" error={save.error.report} title="The profile was not saved" />
      )}
      <div className="px-(--gutter) lg:min-h-0 lg:flex-1 lg:overflow-y-auto">
        <div className="max-w-[56rem]">
          {fields.map((merge) => (
            <ProfileFieldEditor
              key={merge.field}
              merge={merge}
              moved={moved}
              choice={choices[merge.field] ?? null}
              error={shown[merge.field]}
              onType={(text) => {
                setTyped({ ...typed, [merge.field]: text });
                setShown({ ...shown, [merge.field]: undefined });
              }}
              onChoose={(side) => setChoices({ ...choices, [merge.field]: side })}
            />
          ))}
        </div>
      </div>
      <div className="sticky bottom-0 flex flex-wrap items-center gap-2.5 border-t border-line bg-sunken px-(--gutter) py-3.5">
        <Button type="submit" kind="primary" working={save.isPending && 'Saving…'} disabledReason={why}>
          {moved ? 'Save merged profile' : 'Save profile'}
        </Button>
        <Button onClick={onClose}>{dirty ? 'Discard my changes' : 'Cancel'}</Button>
        <p className="text-muted">
          {why || (
            <>
              Sends all five fields. Changes upstream: <span className="mono text-ink">{changes.join(', ')}</span>.
            </>
          )}
        </p>
      </div>
      {confirming && merged && (
        <Dialog
          title={`Save ${changes.length} changed fields`}
          consequence="This is what changes upstream. The whole profile is sent, since Cloudflare replaces it."
          onClose={() => setConfirming(false)}
          act={
            <Button kind="primary" onClick={() => send(merged)}>
              Save profile
            </Button>
          }
        >
          <Diff before={moved ? theirs.values : opened.values} after={merged} />
        </Dialog>
      )}
      {blocker.state === 'blocked' && (
        <Dialog
          title="Leave without saving?"
          consequence={`${changes.length === 1 ? 'One changed field is' : `${changes.length} changed fields are`} not saved.`}
          cancel="Keep editing"
          focus="cancel"
          onClose={() => blocker.reset()}
          act={
            <Button kind="danger" onClick={() => blocker.proceed()}>
              Discard my changes
            </Button>
          }
        >
          <DialogSection>
            <p>
              {changedFields(opened.values, typed)
                .map((field) => fieldLabels[field])
                .join(', ')}
            </p>
          </DialogSection>
        </Dialog>
      )}
    </form>
  );
}
