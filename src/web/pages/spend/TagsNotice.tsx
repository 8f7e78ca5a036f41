import { pathTo } from '../../lib/paths.ts';
import { Link } from '../../ui/Link.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Upstream } from '../../ui/Upstream.tsx';

/** What the tags are that the page is asked by: those of today, and those that nobody carries any more. */
export function TagsNotice({ gone, organizationId }: { gone: readonly string[]; organizationId: string }) {
  return (
    <Notice tone="plain">
      <p>
        {gone.length > 0 && (
          <>
            No account here carries the tag <Upstream>{gone.join(' or ')}</Upstream>: it was renamed or removed, or is on accounts
            elsewhere.{' '}
          </>
        )}
        Accounts count by the tags they have today, on past days too.{' '}
        <Link className="link" href={pathTo('spend/tags', organizationId)}>
          Account tags
        </Link>
      </p>
    </Notice>
  );
}
