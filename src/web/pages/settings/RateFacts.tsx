import { useQuery } from '@tanstack/react-query';
import { useNow } from '../../lib/clock.ts';
import { formatSpan } from '../../lib/format-time.ts';
import { formatCount } from '../../lib/format.ts';
import { capabilitiesQuery } from '../../queries/capabilities.ts';
import { useBudget } from '../../queries/exchange-facts.ts';
import { RateRing } from '../../ui/RateRing.tsx';
import { Time } from '../../ui/Time.tsx';

/** Cloudflare's limit for one user, https://developers.cloudflare.com/fundamentals/api/reference/limits/ */
const upstreamLimit = 1200;

/** How many requests Cloudflare still takes in these five minutes, from this credential and everything else of its owner. */
export function RateFacts() {
  const known = useQuery(capabilitiesQuery()).data?.result.budget;
  const latest = useBudget();
  const now = useNow('second');
  if (!known) return null;
  const { remaining, limit } = latest ?? known;
  const closed = known.closedUntil !== null && Date.parse(known.closedUntil) > now ? known.closedUntil : null;
  return (
    <div className="flex items-start gap-4 px-(--gutter) py-4">
      <RateRing remaining={remaining} limit={limit} className="size-12" words="" />
      <div>
        <p className="text-lg font-semibold">
          {formatCount(remaining)} of {formatCount(limit)} requests left
        </p>
        <p className="prose-width text-muted">
          Cloudflare takes {formatCount(upstreamLimit)} requests in {formatSpan(known.windowSeconds * 1000)} for everything the
          owner of the credential does, Canopy or not. Canopy keeps to {formatCount(limit)} of them and leaves the rest to others.
          Background reading stops first; what you ask for goes on.
        </p>
        {closed !== null && (
          <p className="mt-1 text-warning-ink">
            Cloudflare asked us to wait until <Time at={closed} show="clock" />, {formatSpan(Date.parse(closed) - now)} from now.
            It goes on by itself.
          </p>
        )}
      </div>
    </div>
  );
}
