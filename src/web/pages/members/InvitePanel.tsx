import { Check, CircleQuestionMark, Crosshair, Minus, RotateCw, TriangleAlert, X } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import { useMemo, useState } from 'react';
import { memberBatchLimit } from '../../../contract/cloudflare/members.ts';
import type { Member } from '../../../contract/cloudflare/members.ts';
import type { HierarchyNode } from '../../../contract/canopy/hierarchy.ts';
import type { ErrorReport } from '../../../contract/envelope.ts';
import { plural } from '../../lib/format.ts';
import type { HierarchyIndex } from '../../lib/hierarchy-index.ts';
import { useRole } from '../../queries/role.ts';
import { Button } from '../../ui/Button.tsx';
import { CopyButton } from '../../ui/CopyId.tsx';
import { ErrorLine } from '../../ui/ErrorState.tsx';
import { TextAction } from '../../ui/Link.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { Spinner } from '../../ui/Spinner.tsx';
import { Strip } from '../../ui/Strip.tsx';
import type { StripCell } from '../../ui/Strip.tsx';
import { TextArea } from '../../ui/TextArea.tsx';
import { Age } from '../../ui/Time.tsx';
import { Upstream } from '../../ui/Upstream.tsx';
import { batchesOf, otherWords, readAddresses } from './addresses.ts';
import type { PastedAddress } from './addresses.ts';
import { neverSent } from './came-back.ts';
import { useInviteRun } from './invite-run.ts';
import type { InviteState } from './invite-run.ts';

/** More at once is refused: people who sent sprees by mistake could not take them back. */
const mostAtOnce = 50;

interface Props {
  organization: HierarchyNode;
  tree: HierarchyIndex | undefined;
  /** Members of this organization, for what is already there. */
  members: readonly Member[];
  /** What is pasted: it outlives the panel, which closes by one key. */
  text: string;
  onText: (text: string) => void;
  onClose: () => void;
}

/** Invites one person or a pasted list; afterwards every address has a result of its own. */
export function InvitePanel({ organization, tree, members, text, onText: setText, onClose }: Props) {
  const [sentList, setSentList] = useState<readonly PastedAddress[] | null>(null);
  const { whyNot } = useRole();
  const run = useInviteRun(organization.id);
  const read = useMemo(() => readAddresses(text, members), [text, members]);
  const others = useMemo(() => otherWords(text), [text]);
  const list = sentList ?? read;
  const invited = list.filter(({ verdict }) => verdict.kind === 'invite');
  const here = list.filter(({ verdict }) => verdict.kind === 'already-active' || verdict.kind === 'already-pending').length;
  const invalid = list.filter(({ verdict }) => verdict.kind === 'not-an-address').length;
  const reach = tree?.below(organization.id);
  const states = invited.map(({ address }) => run.rows.get(address)?.kind);
  const count = (kind: InviteState['kind']) => states.filter((state) => state === kind).length;
  const batches = batchesOf(invited, memberBatchLimit).length;
  const started = sentList !== null;

  const why =
    whyNot('members:write') ||
    (invited.length === 0
      ? 'Paste at least one address that can be invited.'
      : invited.length > mostAtOnce && `At most ${mostAtOnce} invitations at once; the list has ${invited.length}.`);
  const start = () => {
    setSentList(read);
    void run.start(invited.map(({ address }) => address));
  };
  const again = () => {
    setSentList(null);
    setText('');
  };

  return (
    <Panel
      id="invite"
      label="Invite members"
      width={432}
      focus="panel"
      onClose={() => {
        if (started && count('invited') === invited.length) setText('');
        onClose();
      }}
      title={
        <>
          Invite members{' '}
          <span className="pl-1.5 text-sm font-normal text-muted">
            to <Upstream>{organization.name}</Upstream>
          </span>
        </>
      }
      foot={
        <div className="flex items-center gap-2">
          {count('failed') > 0 && (
            <Button
              icon={RotateCw}
              disabledReason={run.running && 'Some are still being sent.'}
              onClick={() => void run.retryFailed()}
            >
              Retry failed ({count('failed')})
            </Button>
          )}
          {started && (
            <CopyButton text={resultsAsTable(list, run.rows)} label="results">
              Results
            </CopyButton>
          )}
          <span className="ml-auto">
            {started && !run.running ? (
              <Button kind="primary" onClick={again}>
                Invite others
              </Button>
            ) : (
              <Button kind="primary" working={run.running && 'Sending…'} disabledReason={why} onClick={start}>
                {invited.length > 1 ? `Send ${invited.length} invitations` : 'Send invitation'}
              </Button>
            )}
          </span>
        </div>
      }
    >
      <div className="grid gap-3 px-4 py-3">
        <TextArea
          label="Addresses"
          aside="any separators, or a CSV"
          font="mono"
          rows={started ? 2 : 5}
          spellCheck={false}
          readOnly={started}
          value={text}
          onChange={(event) => setText(event.target.value)}
          placeholder="ana@team.example, ben@team.example"
        />
        {list.length + others > 0 && (
          <p role="status">
            <strong className="font-semibold">{list.length}</strong> found ·{' '}
            <strong className="font-semibold">{invited.length}</strong> to invite
            {batches > 0 && ` in ${plural(batches, 'batch', 'batches')}`}
            {here > 0 && <span className="text-muted"> · {here} already here</span>}
            {invalid > 0 && <span className="text-warning-ink"> · {invalid} not valid</span>}
            {others > 0 && <span className="text-muted"> · {plural(others, 'other word')} left out</span>}
          </p>
        )}
        {!started && invited.length > 0 && why && <p className="text-danger-ink">{why}</p>}
        <p className="flex gap-2.5 rounded-md border border-line p-2.5">
          <Crosshair aria-hidden className="mt-0.5 size-4 shrink-0 text-warning" />
          <span>
            Each gets full control of{' '}
            <strong className="font-semibold">
              {reach?.accounts === null || !reach ? 'all accounts' : plural(reach.accounts, 'account')}
            </strong>{' '}
            in <strong className="font-semibold">{plural(reach?.organizations ?? 1, 'organization')}</strong>, including adding
            and removing administrators. They need two-factor authentication or single sign-on before they can accept.
          </span>
        </p>
        {started && (
          <div>
            <p className="mb-1.5 font-semibold" role="status">
              {`${count('invited')} sent, ${count('failed') + count('unknown')} failed${run.running ? `, ${count('sending') + count('waiting')} to go` : ''}`}
            </p>
            <Strip height={6} label={`${count('invited')} of ${invited.length} invitations sent`} cells={states.map(cellOf)} />
          </div>
        )}
      </div>
      <ul aria-label="Addresses" className="border-t border-line-soft">
        {list.map((row) => (
          <Row
            key={row.address}
            row={row}
            state={run.rows.get(row.address)}
            onRetry={(error) => void run.retryFailed(error)}
            onReadBack={() => void run.readBack()}
            running={run.running}
          />
        ))}
      </ul>
      {list.length === 0 && (
        <p className="px-4 text-muted">
          Paste addresses from a message, a spreadsheet or a CSV.{' '}
          <TextAction onPress={() => setText('ana@team.example; "Feld, Hanna" <h.feld@team.example>')}>
            Show an example
          </TextAction>
        </p>
      )}
    </Panel>
  );
}

interface RowProps {
  row: PastedAddress;
  state: InviteState | undefined;
  onRetry: (error: ErrorReport) => void;
  onReadBack: () => void;
  running: boolean;
}

function Row({ row, state, onRetry, onReadBack, running }: RowProps) {
  const error = state?.kind === 'failed' || state?.kind === 'unknown' ? state.error : null;
  const [icon, tone, words] = markOf(row, state);
  const Icon = icon;
  return (
    <li className={`border-b border-line-soft px-4 py-1 ${error ? 'bg-danger-soft' : ''}`}>
      <div className="flex items-center gap-2.5">
        {Icon ? <Icon aria-hidden className={`size-3.5 shrink-0 ${tone}`} /> : <Spinner />}
        <span className={`min-w-0 flex-1 truncate ${row.verdict.kind === 'invite' ? '' : 'text-muted'}`}>
          <Upstream>{row.address}</Upstream>
        </span>
        <span className={`shrink-0 text-xs ${row.verdict.kind === 'not-an-address' ? 'text-warning-ink' : 'text-muted'}`}>
          {words}
        </span>
      </div>
      {error && (
        <ErrorLine
          error={error}
          onRetry={running ? undefined : () => (state?.kind === 'failed' ? onRetry(error) : onReadBack())}
        />
      )}
    </li>
  );
}

/** Icon (none turns), its colour, and the words of one address. */
function markOf(row: PastedAddress, state: InviteState | undefined): [LucideIcon | null, string, React.ReactNode] {
  switch (row.verdict.kind) {
    case 'not-an-address':
      return [TriangleAlert, 'text-warning', 'Not an e-mail address'];
    case 'already-active':
      return [Minus, 'text-muted', 'Already active'];
    case 'already-pending':
      return [
        Minus,
        'text-muted',
        <>
          Already pending, <Age at={row.verdict.since} form="span" />
        </>,
      ];
    case 'invite':
      break;
  }
  switch (state?.kind) {
    case 'invited':
      return [Check, 'text-success', 'Invited'];
    case 'failed':
      return [X, 'text-danger', neverSent(state.error) ? 'Not sent' : 'Read back, not invited'];
    case 'unknown':
      return [CircleQuestionMark, 'text-warning', 'Not known; reading back failed'];
    case 'sending':
      return [null, '', `Batch ${state.batch}`];
    case 'waiting':
      return [Minus, 'text-faint', `Batch ${state.batch}, waiting`];
    case undefined:
      return [Minus, 'text-faint', row.rejectedBefore ? 'Turned down an earlier invitation' : 'To invite'];
  }
}

function cellOf(kind: InviteState['kind'] | undefined): StripCell {
  const states = { invited: 'done', failed: 'failed', unknown: 'partial', sending: 'running', waiting: 'waiting' } as const;
  return { state: kind ? states[kind] : 'waiting' };
}

/** Tab-separated, for a spreadsheet. */
function resultsAsTable(list: readonly PastedAddress[], rows: ReadonlyMap<string, InviteState>): string {
  return list
    .map(({ address, verdict }) => {
      const state = rows.get(address);
      const detail = state?.kind === 'failed' || state?.kind === 'unknown' ? state.error.message : '';
      return [address, verdict.kind === 'invite' ? (state?.kind ?? 'not sent') : verdict.kind, detail].join('\t');
    })
    .join('\n');
}
