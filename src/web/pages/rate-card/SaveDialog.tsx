import { useForm, useWatch } from 'react-hook-form';
import type { RateCard, RateCardInForce, RateCardPreview } from '../../../contract/canopy/rate-card.ts';
import type { ErrorReport } from '../../../contract/envelope.ts';
import { formatMoney, formatMoneyChange, plural } from '../../lib/format.ts';
import { rangeWords } from '../../lib/date-range.ts';
import { usePreviewRateCard, useSaveRateCard } from '../../queries/rate-card.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog, DialogSection } from '../../ui/Dialog.tsx';
import { ErrorLine } from '../../ui/ErrorState.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { ChangeList } from './ChangeList.tsx';
import { changesBetween } from './changes.ts';
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
  const preview = usePreviewRateCard();
  const changes = changesBetween(opened, card);
  const send = handleSubmit((values) =>
    save.mutate(
      { base, card, ...values },
      {
        onSuccess: ({ result }) => onSaved(result),
        onError: ({ report }) => {
          const current = currentIn(report);
          if (current) onStale(current);
        },
      },
    ),
  );
  return (
    <Dialog
      title="Save rate card"
      size="preflight"
      consequence={`It becomes version ${base + 1} and holds for every organization; stored usage is priced again.`}
      note={plural(changes.length, 'change')}
      onClose={onClose}
      act={
        <Button kind="primary" working={save.isPending && 'Saving…'} onClick={() => void send()}>
          Save rate card
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
      <DialogSection>
        <div className="flex min-h-7 flex-wrap items-center gap-3">
          <Button size="toolbar" working={preview.isPending && 'Pricing…'} onClick={() => preview.mutate(card)}>
            Try it on this month
          </Button>
          {preview.data && <PreviewLine preview={preview.data.result} />}
          {preview.error && <ErrorLine error={preview.error.report} title="The month could not be priced" />}
        </div>
        {preview.data && <PreviewFamilies preview={preview.data.result} />}
      </DialogSection>
      <DialogSection>
        <ChangeList changes={changes} names={names} />
      </DialogSection>
    </Dialog>
  );
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
