import { useQuery } from '@tanstack/react-query';
import { Pencil } from 'lucide-react';
import { useState } from 'react';
import { hierarchyQuery } from '../../queries/hierarchy.ts';
import { profileQuery } from '../../queries/profile.ts';
import { useRole } from '../../queries/role.ts';
import { useScope } from '../../lib/url-state.ts';
import { Button } from '../../ui/Button.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { PageHead } from '../../ui/PageHead.tsx';
import { SkeletonRows } from '../../ui/Skeleton.tsx';
import { Upstream } from '../../ui/Upstream.tsx';
import { ProfileEditor } from './ProfileEditor.tsx';
import { ProfileHistory } from './ProfileHistory.tsx';
import { ProfileView } from './ProfileView.tsx';
import { valuesOf } from './fields.ts';
import type { ProfileValues } from './merge.ts';

/** What the person began to edit: later versions are compared with it. */
interface Opened {
  organizationId: string;
  values: ProfileValues;
  version: string;
  at: string;
}

/** The organization profile: five fields, read by default, edited in place. */
export function Component() {
  const { organizationId } = useScope();
  const { whyNot } = useRole();
  const profile = useQuery(profileQuery(organizationId));
  const name = useQuery(hierarchyQuery()).data?.result.nodes.find((node) => node.id === organizationId)?.name;
  const [opened, setOpened] = useState<Opened | null>(null);
  const editing = opened?.organizationId === organizationId ? opened : null;
  const answer = profile.data;

  const edit = () => {
    if (!answer?.meta.version) return;
    setOpened({ organizationId, values: valuesOf(answer.result), version: answer.meta.version, at: new Date().toISOString() });
  };

  return (
    <div className="flex min-h-0 flex-1 max-lg:flex-col max-lg:overflow-y-auto">
      <div className="relative flex min-w-0 flex-col max-lg:min-h-full max-lg:shrink-0 lg:flex-1">
        <PageHead title="Profile" facts={name && <Upstream>{name}</Upstream>}>
          {!editing && answer && (
            <Button
              kind="primary"
              icon={Pencil}
              onClick={edit}
              disabledReason={
                whyNot('profile:write') ||
                (!answer.meta.version && 'This answer carries no version, so a change could overwrite somebody else’s.')
              }
            >
              Edit profile
            </Button>
          )}
        </PageHead>
        {answer && editing ? (
          <ProfileEditor
            key={`${editing.organizationId} ${editing.version}`}
            organizationId={organizationId}
            opened={editing}
            latest={{ values: valuesOf(answer.result), version: answer.meta.version ?? editing.version }}
            onClose={() => setOpened(null)}
          />
        ) : answer ? (
          <ProfileView values={valuesOf(answer.result)} asOf={answer.meta.asOf} />
        ) : profile.error ? (
          <ErrorState error={profile.error.report} title="The profile could not be read" onRetry={() => void profile.refetch()} />
        ) : (
          <SkeletonRows columns={['start', 'start']} rows={5} />
        )}
      </div>
      <ProfileHistory
        organizationId={organizationId}
        profile={answer ? valuesOf(answer.result) : null}
        opened={editing?.at ?? null}
        compared={answer?.meta.asOf ?? null}
      />
    </div>
  );
}
