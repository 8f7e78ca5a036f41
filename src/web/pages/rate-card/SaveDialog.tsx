import { useQuery } from '@tanstack/react-query';
import { TriangleAlert } from 'lucide-react';
import { useId, useState } from 'react';
import { useForm, useWatch } from 'react-hook-form';
import type { RateCard, RateCardInForce, RateCardPreview } from '../../../contract/canopy/rate-card.ts';
import type { ErrorReport } from '../../../contract/envelope.ts';
import { formatCount, formatMoney, formatMoneyChange, formatPercent, plural } from '../../lib/format.ts';
import { rangeWords } from '../../lib/date-range.ts';
import { previewQuery, useSaveRateCard } from '../../queries/rate-card.ts';
import { Button } from '../../ui/Button.tsx';
import { TextAction } from '../../ui/Link.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Dialog, DialogSection } from '../../ui/Dialog.tsx';
import { ErrorLine } from '../../ui/ErrorState.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { ChangeList } from './ChangeList.tsx';
import { changesBetween } from './changes.ts';
import { jumpOf } from './jump.ts';
import type { Names } from './words.ts';

interface Props {
  base: number;
  opened: RateCard;
  card: RateCard;
  names: Names;
  onSaved: (saved: RateCardInForce) => void;
  /** Somebody else saved first. */
  onStale: (current: RateCardInForce) => void;
  onClose: () => void;
}

const longestNote = 500;

/** What changes, why, and what the month would cost: before it is put in force for everyone. */
export function SaveDialog({ base, opened, card, names, onSaved, onStale, onClose }: Props) {
  const { register, handleSubmit, control, formState } = useForm({ defaultValues: { note: '' } });
  const note = useWatch({ control, name: 'note' });
  const save = useSaveRateCard();
  // the card stays as it is while the dialog is open
  const tried = useQuery(previewQuery(card, useId()));
  const preview = tried.data?.result;
  const [waits, setWaits] = useState(true);
  const isWaiting = waits && tried.isPending;
  const isUnexpected = preview !== undefined && (jumpOf(preview) !== null || preview.lost.length > 0);
  const changes = changesBetween(opened, card);
  const send = handleSubmit((values) => {
    if (isWaiting) return;
    save.mutate(
      { base, card, ...values },
      {
        onSuccess: ({ result }) => onSaved(result),
        onError: ({ report }) => {
          const current = currentIn(report);
          if (current) onStale(current);
        },
      },
    );
  });
  return (
    <Dialog
      title="Save rate card"
      size="preflight"
      consequence={`It becomes version ${base + 1} and holds for every organization; stored usage is priced again.`}
      note={
        isWaiting ? (
          <>
            This month is priced with it first. <TextAction onPress={() => setWaits(false)}>Save without waiting</TextAction>
          </>
        ) : isUnexpected ? (
          'Going back loses nothing: your changes stay on the page.'
        ) : (
          plural(changes.length, 'change')
        )
      }
      cancel={isUnexpected ? 'Go back' : undefined}
      onClose={onClose}
      act={
        <Button
          kind={isUnexpected ? 'danger' : 'primary'}
          working={save.isPending ? 'Saving…' : isWaiting && 'Pricing this month…'}
          onClick={() => void send()}
        >
          {isUnexpected ? 'Save all the same' : 'Save rate card'}
        </Button>
      }
    >
      <DialogSection>
        <TextField
          label="Why"
          autoComplete="off"
          hint="Stands beside the version, for whoever asks later."
          count={{ length: note.length, max: longestNote }}
          error={formState.errors.note?.message}
          {...register('note', { maxLength: { value: longestNote, message: `Must have at most ${longestNote} characters` } })}
          onKeyDown={(event) => {
            if (event.key === 'Enter') void send();
          }}
        />
        {save.error && <ErrorLine error={save.error.report} title="The rate card was not saved" />}
      </DialogSection>
      {isUnexpected && <Unexpected preview={preview} />}
      <DialogSection>
        <h3 className="font-semibold">This month</h3>
        {preview ? (
          <>
            <PreviewLine preview={preview} />
            <PreviewFamilies preview={preview} />
            {preview.isStale && (
              <p className="text-xs text-muted">
                Usage is being priced just now: what costs the same with both cards counts as it was priced last.
              </p>
            )}
          </>
        ) : tried.error ? (
          <ErrorLine
            error={tried.error.report}
            title="The month could not be priced with this card, so nobody knows what it would cost"
            onRetry={() => void tried.refetch()}
          />
        ) : (
          <p className="text-muted">Pricing stored usage with both cards…</p>
        )}
      </DialogSection>
      <DialogSection>
        <ChangeList changes={changes} names={names} />
      </DialogSection>
    </Dialog>
  );
}

const namedMetrics = 5;

/** What people seldom mean to do, told before it is done. */
function Unexpected({ preview }: { preview: RateCardPreview }) {
  const { from, to, inForce, draft, currencies, lost } = preview;
  const jump = jumpOf(preview);
  const month = rangeWords({ from, before: to });
  return (
    <Notice tone="warning" icon={TriangleAlert}>
      <div role="alert" className="grid gap-1">
        {jump !== null && (
          <p>
            <strong className="font-semibold text-ink">
              The estimate of {month} {jumpWords(jump, preview)}
            </strong>
            , from {moneyOf(inForce, currencies.inForce)} to {moneyOf(draft, currencies.draft)}. Months before are priced again
            too.
          </p>
        )}
        {lost.length > 0 && (
          <p>
            <strong className="font-semibold text-ink">
              {plural(lost.length, 'metric')} that {lost.length === 1 ? 'is' : 'are'} used{' '}
              {lost.length === 1 ? 'loses its' : 'lose their'} price
            </strong>{' '}
            and would be in no total:{' '}
            {lost
              .slice(0, namedMetrics)
              .map(({ metric, inForce: cost }) => `${metric} (${moneyOf(cost, currencies.inForce)} by now)`)
              .join(', ')}
            {lost.length > namedMetrics && ` and ${lost.length - namedMetrics} more`}.
          </p>
        )}
      </div>
    </Notice>
  );
}

function jumpWords(jump: number, { currencies }: RateCardPreview): string {
  if (currencies.inForce !== currencies.draft) return `would be in ${currencies.draft}`;
  if (jump === Infinity) return 'begins';
  if (jump >= 9) return `becomes ${formatCount(Math.round(jump + 1))} times as high`;
  return `${jump > 0 ? 'rises' : 'falls'} by ${formatPercent(Math.abs(jump), 0)}`;
}

/** The card in force that came along with a refusal. */
const currentIn = ({ code, current }: ErrorReport): RateCardInForce | null =>
  code === 'stale_version' && current ? (current.value as RateCardInForce) : null; // the backend sends the card it has

const moneyOf = (amount: string | null, currency: string): string =>
  amount === null ? 'no rate' : formatMoney(amount, currency);

function PreviewLine({ preview }: { preview: RateCardPreview }) {
  const { from, to, inForce, draft, currencies } = preview;
  const change = currencies.inForce === currencies.draft ? formatMoneyChange(inForce, draft, currencies.draft) : null;
  return (
    <output className="tabular">
      {rangeWords({ from, before: to })}, estimated: {moneyOf(inForce, currencies.inForce)} →{' '}
      <strong className="font-semibold">{moneyOf(draft, currencies.draft)}</strong>
      {change && <span className="text-muted"> ({change})</span>}
    </output>
  );
}

const shownFamilies = 8;

function PreviewFamilies({ preview: { families, currencies } }: { preview: RateCardPreview }) {
  const changed = families.filter(({ inForce, draft }) => inForce !== draft);
  if (changed.length === 0) return <p className="mt-1.5 text-muted">No family of this month’s usage costs more or less.</p>;
  return (
    <table aria-label="This month by family" className="mt-2 w-full text-left">
      <thead className="text-xs text-muted">
        <tr>
          <th className="py-0.5 font-medium">Family</th>
          <th className="py-0.5 text-right font-medium">In force</th>
          <th className="py-0.5 text-right font-medium">With this card</th>
        </tr>
      </thead>
      <tbody>
        {changed.slice(0, shownFamilies).map(({ family, inForce, draft }) => (
          <tr key={family} className="border-t border-line-soft">
            <td className="py-0.5">{family}</td>
            <td className="tabular py-0.5 text-right text-muted">{moneyOf(inForce, currencies.inForce)}</td>
            <td className="tabular py-0.5 text-right">{moneyOf(draft, currencies.draft)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
