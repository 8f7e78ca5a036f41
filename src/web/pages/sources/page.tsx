import { useQuery } from '@tanstack/react-query';
import { FileUp } from 'lucide-react';
import { useMemo, useState } from 'react';
import { plural } from '../../lib/format.ts';
import { useScope } from '../../lib/url-state.ts';
import { importsQuery } from '../../queries/imports.ts';
import { useRole } from '../../queries/role.ts';
import { spendStateQuery } from '../../queries/spend.ts';
import { Button } from '../../ui/Button.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { PageHead } from '../../ui/PageHead.tsx';
import { SectionHead } from '../../ui/SectionHead.tsx';
import { SkeletonRows } from '../../ui/Skeleton.tsx';
import { SpendTabs } from '../../ui/SpendTabs.tsx';
import { ImportFile } from './parts.ts';
import { Quality } from './Quality.tsx';
import { Restatements } from './Restatements.tsx';
import { SourceList } from './SourceList.tsx';

/** Where usage and cost come from: Cloudflare's own feed and files, how each counts, and what is odd about the records. */
export function Component() {
  const { organizationId, descendants } = useScope();
  const subtree = useMemo(() => ({ organization: organizationId, descendants }), [organizationId, descendants]);
  const { whyNot } = useRole();
  const imports = useQuery(importsQuery(subtree));
  const state = useQuery(spendStateQuery(subtree));
  const [importing, setImporting] = useState(false);
  const sources = imports.data?.result;
  return (
    <div className="flex min-h-0 flex-1 flex-col overflow-y-auto">
      <PageHead
        title="Sources"
        facts={sources && (sources.length === 0 ? 'Cloudflare only' : `Cloudflare and ${plural(sources.length, 'file')}`)}
        tabs={<SpendTabs organizationId={organizationId} current="sources" />}
      >
        <Button
          kind="primary"
          icon={FileUp}
          disabledReason={whyNot('spend:write')}
          onClick={() => setImporting(true)}
          {...ImportFile.intent}
        >
          Import file
        </Button>
      </PageHead>
      {imports.error && !sources ? (
        <ErrorState error={imports.error.report} title="The sources could not be read" onRetry={() => void imports.refetch()} />
      ) : sources ? (
        <section aria-label="Where records come from">
          <SectionHead title="Where records come from" note="each record belongs to one source" edge="page" />
          <SourceList organizationId={organizationId} state={state.data?.result} sources={sources} />
        </section>
      ) : (
        <section aria-label="Where records come from">
          <SectionHead title="Where records come from" note="each record belongs to one source" edge="page" />
          <SkeletonRows columns={['start', 'start', 'end']} rows={3} />
        </section>
      )}
      <Quality organizationId={organizationId} subtree={subtree} />
      <Restatements organizationId={organizationId} subtree={subtree} />
      {importing && <ImportFile.Part organizationId={organizationId} replaced={null} onClose={() => setImporting(false)} />}
    </div>
  );
}
