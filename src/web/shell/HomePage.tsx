import { useQuery } from '@tanstack/react-query';
import { Navigate } from 'react-router';
import { pathTo } from '../lib/paths.ts';
import { hierarchyQuery } from '../queries/hierarchy.ts';
import { Button } from '../ui/Button.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ErrorState } from '../ui/ErrorState.tsx';
import { TextAction } from '../ui/Link.tsx';
import { useScopeTree } from './scope-tree.ts';

/** `/`: goes to where the person starts, or says why there is nowhere to go. */
export function Component() {
  const answer = useQuery(hierarchyQuery());
  const { organizationId } = useScopeTree();
  if (organizationId !== null) return <Navigate to={pathTo('overview', organizationId)} replace />;
  if (answer.error) {
    return (
      <ErrorState
        error={answer.error.report}
        title="The organizations could not be read"
        onRetry={() => void answer.refetch()}
        actions={<TextAction href="/settings#doctor">Open the credential doctor</TextAction>}
      />
    );
  }
  if (answer.isPending)
    return (
      <p role="status" className="p-(--gutter) text-muted">
        Reading the organizations…
      </p>
    );
  return (
    <EmptyState
      title="This credential sees no organization"
      actions={
        <>
          <Button onClick={() => void answer.refetch()}>Read again</Button>
          <TextAction href="/settings#doctor" size="sm">
            Open the credential doctor
          </TextAction>
        </>
      }
    >
      There may be none yet; the credential's owner may not be an Organization Super Administrator; or an API token may lack the
      permission to read organizations.
    </EmptyState>
  );
}
