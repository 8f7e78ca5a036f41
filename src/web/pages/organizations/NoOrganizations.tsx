import { useRefreshHierarchy } from '../../queries/hierarchy.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { PageHead } from '../../ui/PageHead.tsx';

/** The three real causes of an empty list, as Cloudflare documents them. */
export function NoOrganizations() {
  const refresh = useRefreshHierarchy();
  return (
    <>
      <PageHead title="Organizations" />
      <EmptyState
        title="This credential sees no organization"
        actions={
          <Button working={refresh.isPending && 'Reading…'} onClick={() => refresh.mutate(undefined)}>
            Read again
          </Button>
        }
      >
        <ul className="list-disc pl-4 text-left">
          <li>Nobody has made an organization yet: Cloudflare makes them for Enterprise customers and partners.</li>
          <li>The user of the credential is not an Organization Super Administrator of any.</li>
          <li>The API token lacks the permission User Details: Read, or belongs to an account and not to a user.</li>
        </ul>
      </EmptyState>
    </>
  );
}
