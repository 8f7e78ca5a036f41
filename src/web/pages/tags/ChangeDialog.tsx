import { useState } from 'react';
import { withoutValue } from '../../../contract/canopy/dimension-words.ts';
import { tagDimension } from '../../../contract/canopy/tag-key.ts';
import { plural } from '../../lib/format.ts';
import { useChangeTag } from '../../queries/tags.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog, DialogSection } from '../../ui/Dialog.tsx';
import { ErrorLine } from '../../ui/ErrorState.tsx';
import { SegmentedControl } from '../../ui/SegmentedControl.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { toasts } from '../../ui/toasts.ts';
import { changeTitle } from './parts.ts';
import type { TagRow } from './rows.ts';

interface Props {
  row: TagRow;
  remove: boolean;
  onClose: () => void;
}

/** Renames or removes one value, or its whole key, on every account that the person may see. */
export function ChangeDialog({ row, remove, onClose }: Props) {
  const [of, setOf] = useState<'value' | 'key'>('value');
  const [key, setKey] = useState(row.key);
  const [value, setValue] = useState(row.value ?? '');
  const change = useChangeTag();
  const accounts = plural(of === 'value' ? row.accounts : row.tagged, 'account');
  const to = of === 'key' ? { key, value: null } : { key: row.key, value: value.trim() };
  const wrong = (field: string) => change.error?.report.fields?.find((one) => one.field === field)?.message;
  const same = !remove && (of === 'key' ? key === row.key : value.trim() === row.value);
  const send = () =>
    change.mutate(
      { body: { key: row.key, value: of === 'key' ? null : row.value, to: remove ? null : to } },
      {
        onSuccess: ({ result }) => {
          toasts.success({ title: `${remove ? 'Removed from' : 'Renamed on'} ${plural(result.changed, 'account')}` });
          onClose();
        },
      },
    );
  return (
    <Dialog
      title={changeTitle(row, remove)}
      consequence={
        remove
          ? `${accounts} will not carry ${row.key} any more; their spend of all days moves to “${withoutValue(tagDimension(row.key))}”.`
          : `${accounts} change; spend of all days goes with them.`
      }
      focus={remove ? 'cancel' : 'first'}
      onClose={onClose}
      act={
        <Button
          kind={remove ? 'danger' : 'primary'}
          working={change.isPending && 'Saving…'}
          disabledReason={
            same ? 'Nothing is changed yet.' : !remove && of === 'value' && value.trim() === '' && 'Give it a name.'
          }
          onClick={send}
        >
          {remove ? `Remove from ${accounts}` : `Rename on ${accounts}`}
        </Button>
      }
    >
      <DialogSection>
        <SegmentedControl
          label="What to change"
          value={of}
          onChange={setOf}
          options={[
            { value: 'value', label: `Only ${row.value ?? ''}` },
            { value: 'key', label: `All of ${row.key}` },
          ]}
        />
        {!remove && of === 'value' && (
          <TextField
            label="New value"
            autoComplete="off"
            data-autofocus=""
            maxLength={120}
            value={value}
            error={wrong('to.value')}
            onChange={(event) => setValue(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && !same && value.trim() !== '') send();
            }}
          />
        )}
        {!remove && of === 'key' && (
          <TextField
            label="New key"
            autoComplete="off"
            maxLength={63}
            value={key}
            error={wrong('to.key')}
            onChange={(event) => setKey(event.target.value.toLowerCase().replace(/\s/g, '-'))}
          />
        )}
        {change.error && <ErrorLine error={change.error.report} title="Nothing was changed" />}
      </DialogSection>
    </Dialog>
  );
}
