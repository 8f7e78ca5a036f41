import { useQuery } from '@tanstack/react-query';
import { Download, FileUp, GitMerge } from 'lucide-react';
import { useCallback, useMemo, useState } from 'react';
import type { RateCard, RateCardInForce } from '../../../contract/canopy/rate-card.ts';
import { plural } from '../../lib/format.ts';
import { useUrlState } from '../../lib/url-state.ts';
import { usePreload } from '../../lib/use-preload.ts';
import { useRole } from '../../queries/role.ts';
import { spendMetricsQuery } from '../../queries/spend.ts';
import { Button } from '../../ui/Button.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { PageHead } from '../../ui/PageHead.tsx';
import { Split } from '../../ui/Panel.tsx';
import { SpendTabs } from '../../ui/SpendTabs.tsx';
import { Time } from '../../ui/Time.tsx';
import { toasts } from '../../ui/toasts.ts';
import { CardPanel } from './CardPanel.tsx';
import { CardToolbar } from './CardToolbar.tsx';
import { changesBetween } from './changes.ts';
import { withoutMapping } from './edits.ts';
import { downloadCard } from './download-card.ts';
import { ImportCard, Leave, LineDetails, MergeCard, SaveCard } from './parts.ts';
import { PricesView } from './PricesView.tsx';
import { rowsOf } from './rows.ts';
import { SaveBar } from './SaveBar.tsx';
import { readOpen, screenUrl, writeOpen } from './screen-url.ts';
import type { Open } from './screen-url.ts';
import { useDraft } from './use-draft.ts';
import { useNames } from './use-names.ts';
import { Mappings, Overrides, Versions } from './views.tsx';

const sharedCard =
  'One rate card holds for all organizations, and your access is limited to some of them. An administrator of all organizations may change it.';

/** The card in force, and what the person makes of it before they save. */
export function RateCardScreen({ organizationId, inForce }: { organizationId: string; inForce: RateCardInForce }) {
  const { session, whyNot: whyNotRole } = useRole();
  const [url, setUrl] = useUrlState(screenUrl);
  const draft = useDraft(inForce);
  const [dialog, setDialog] = useState<'save' | 'merge' | 'import' | null>(null);
  const [imported, setImported] = useState('');
  const metrics = useQuery(spendMetricsQuery({})).data?.result.metrics ?? nothing;
  const { card } = draft;
  const open = readOpen(url.open);
  const named =
    url.view === 'overrides' || open?.kind === 'override' || card.overrides.some(({ account }) => account !== undefined);
  const names = useNames(card, named);
  usePreload(true, Overrides);
  usePreload(true, Mappings);
  usePreload(true, Versions);
  usePreload(open !== null, LineDetails);
  usePreload(draft.dirty, SaveCard);
  usePreload(draft.dirty, MergeCard);
  usePreload(draft.dirty, Leave);

  const whyNot = whyNotRole('spend:write') || (session.scopeOrganizationId !== null && sharedCard);
  const changes = useMemo(() => changesBetween(draft.opened, card), [draft.opened, card]);
  const moved = draft.dirty && inForce.version !== draft.base;
  const show = useCallback((next: Open) => setUrl({ open: writeOpen(next) }, { push: true }), [setUrl]);
  const close = () => setUrl({ open: null });
  const replace = (next: RateCard, title: string) => {
    draft.edit(() => next);
    setDialog(null);
    setUrl({ open: null });
    toasts.success({ title, note: 'It is not in force before you save it.' });
  };
  const openId = open === null ? null : rowIdOf(open);
  const views = {
    prices: <PricesView card={card} metrics={metrics} url={url} setUrl={setUrl} whyNot={whyNot} onOpen={show} openId={openId} />,
    overrides: <Overrides.Part card={card} names={names} q={url.q} whole={inForce.whole} onOpen={show} openId={openId} />,
    mappings: (
      <Mappings.Part
        card={card}
        names={names}
        whyNot={whyNot}
        onRemove={({ metric }) => draft.edit((now) => withoutMapping(now, metric))}
      />
    ),
    versions: <Versions.Part versions={inForce.versions} onOpen={show} openId={openId} />,
  };

  return (
    <Split
      panel={
        open && (
          <CardPanel
            open={open}
            card={card}
            inForce={inForce}
            rows={rowsOf(card, metrics)}
            names={names}
            whyNot={whyNot}
            onEdit={draft.edit}
            onOpen={show}
            onRestore={(older) => replace(older, 'The older card is on the screen')}
            onClose={close}
          />
        )
      }
    >
      <PageHead
        title="Rate card"
        tabs={<SpendTabs organizationId={organizationId} current="rate-card" />}
        facts={
          <span className="truncate">
            Version {inForce.version}
            {inForce.by ? `, ${inForce.by.name}` : ''}, <Time at={inForce.at} show="date" />
          </span>
        }
      >
        <Button icon={FileUp} disabledReason={whyNot} onClick={() => setDialog('import')} {...ImportCard.intent}>
          Import
        </Button>
        <Button icon={Download} onClick={() => downloadCard(card, inForce.version, draft.dirty)}>
          Export JSON
        </Button>
      </PageHead>
      <CardToolbar
        url={url}
        setUrl={setUrl}
        counts={{
          prices: card.lines.length,
          overrides: card.overrides.length,
          mappings: card.mappings.length,
          versions: inForce.versions.length,
        }}
        whyNot={whyNot}
        onAddOverride={() => show({ kind: 'override', index: null })}
      />
      {moved && (
        <Notice
          tone="warning"
          icon={GitMerge}
          action={
            <Button size="toolbar" onClick={() => setDialog('merge')} {...MergeCard.intent}>
              Compare and merge
            </Button>
          }
        >
          <p role="status">
            <strong className="font-semibold text-ink">
              {inForce.by?.name ?? 'Canopy'} saved version {inForce.version} after you began.
            </strong>{' '}
            Nothing of yours was sent, and nothing of it is lost.
          </p>
        </Notice>
      )}
      {views[url.view]}
      <SaveBar
        changes={changes.length}
        whyNot={whyNot}
        whyWait={moved && `Merge with version ${inForce.version} first.`}
        onSave={() => setDialog('save')}
        onDiscard={draft.discard}
      />
      {dialog === 'save' && (
        <SaveCard.Part
          base={draft.base}
          opened={draft.opened}
          card={card}
          names={names}
          onSaved={({ version }) => {
            setDialog(null);
            draft.discard();
            toasts.success({ title: `Version ${version} is in force`, note: 'Stored usage is being priced again.' });
          }}
          onStale={() => setDialog('merge')}
          onClose={() => setDialog(null)}
        />
      )}
      {dialog === 'merge' && moved && (
        <MergeCard.Part
          opened={draft.opened}
          mine={card}
          theirs={inForce}
          names={names}
          onMerge={(merged) => {
            draft.rebase(inForce, merged);
            setDialog(null);
          }}
          onClose={() => setDialog(null)}
        />
      )}
      {dialog === 'import' && (
        <ImportCard.Part
          card={card}
          dirty={draft.dirty}
          names={names}
          text={imported}
          onText={setImported}
          onImport={(next) => {
            setImported('');
            replace(next, 'The imported card is on the screen');
          }}
          onClose={() => setDialog(null)}
        />
      )}
      {draft.blocker.state === 'blocked' && (
        <Leave.Part
          what={`${plural(changes.length, 'change')} of the rate card`}
          onStay={draft.blocker.reset}
          onLeave={draft.blocker.proceed}
        />
      )}
    </Split>
  );
}

const nothing: readonly never[] = [];

/** The row that an open panel belongs to. */
function rowIdOf(open: Open): string | null {
  if (open.kind === 'version') return String(open.version);
  if (open.kind === 'override') return open.index === null ? null : String(open.index);
  return `${open.kind === 'line' ? 'line' : 'unknown'} ${open.id}`;
}
