import { Fragment } from 'react';
import { useLocation, useNavigate } from 'react-router';
import type { UrlShape } from '../../lib/url-values.ts';
import { Button } from '../../ui/Button.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Upstream } from '../../ui/Upstream.tsx';
import { unreadParts } from './unread.ts';

/** More than this of one part tells nobody anything. */
const longestPart = 60;

/** Names what the address asks for and the page does not understand; nothing where it understands all of it. */
export function UnreadNotice({ shape }: { shape: UrlShape }) {
  const { search, hash } = useLocation();
  const navigate = useNavigate();
  const unread = [...new Set(unreadParts(shape, new URLSearchParams(search)).map(writePart))];
  if (unread.length === 0) return null;
  const withoutUnread = () => {
    const kept = [...new URLSearchParams(search)].filter((part) => !unread.includes(writePart(part)));
    void navigate({ search: new URLSearchParams(kept).toString(), hash }, { replace: true });
  };
  return (
    <Notice
      tone="warning"
      action={
        <Button size="row" onClick={withoutUnread}>
          Remove from address
        </Button>
      }
    >
      <p role="status">
        Part of the address of this page could not be read, and is not shown:{' '}
        {unread.map((part, index) => (
          <Fragment key={part}>
            {index > 0 && (index === unread.length - 1 ? ' and ' : ', ')}
            <code className="font-mono text-xs">
              <Upstream>{part.length > longestPart ? `${part.slice(0, longestPart)}…` : part}</Upstream>
            </code>
          </Fragment>
        ))}
        . Check the link, or choose here what to show.
      </p>
    </Notice>
  );
}

const writePart = ([name, text]: readonly [string, string]): string => `${name}=${text}`;
