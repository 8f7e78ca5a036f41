import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import type { PlacedAccount } from '../../../contract/canopy/hierarchy.ts';
import type { AccountTag } from '../../../contract/canopy/tags.ts';
import { plural } from '../../lib/format.ts';
import type { Subtree } from '../../queries/hierarchy.ts';
import { accountTagsQuery, tagsQuery, useSetAccountTags } from '../../queries/tags.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog, DialogSection } from '../../ui/Dialog.tsx';
import { ErrorLine } from '../../ui/ErrorState.tsx';
import { SegmentedControl } from '../../ui/SegmentedControl.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { toasts } from '../../ui/toasts.ts';
import { tagTitle } from './tag-accounts.ts';

interface Props {
  accounts: readonly PlacedAccount[];
  subtree: Subtree;
  onClose: () => void;
}

/** Gives accounts a value for a key, or takes the key from them; says first what is there now. */
export function TagDialog({ accounts, subtree, onClose }: Props) {
  const id = useId();
  const [act, setAct] = useState<'set' | 'take'>('set');
  const [key, setKey] = useState('');
  const [value, setValue] = useState('');
  const keys = useQuery(tagsQuery(subtree)).data?.result.keys ?? [];
  const tags = useQuery(accountTagsQuery(subtree)).data?.result.tags ?? [];
  const save = useSetAccountTags();
  const ids = new Set(accounts.map((account) => account.id));
  const present = tags.filter((tag) => tag.key === key && ids.has(tag.accountId));
  const wrong = (field: string) => save.error?.report.fields?.find((one) => one.field === field)?.message;
  const what = plural(accounts.length, 'account');
  const send = () =>
    save.mutate(
      { body: { accounts: [...ids], key, value: act === 'set' ? value.trim() : null } },
      {
        onSuccess: ({ result }) => {
          toasts.success({
            title:
              act === 'set'
                ? `${key} is ${value.trim()} for ${what}`
                : `${key} is taken from ${plural(result.changed, 'account')}`,
            ...(act === 'set' && result.changed < ids.size
              ? { note: `${plural(ids.size - result.changed, 'account')} had it already.` }
              : {}),
          });
          onClose();
        },
      },
    );
  const whyNot =
    key === ''
      ? 'Name a key first.'
      : act === 'set' && value.trim() === ''
        ? 'Give it a value first.'
        : act === 'take' && present.length === 0 && 'None of them has this key.';
  return (
    <Dialog
      title={tagTitle(accounts)}
      consequence="A tag is Canopy’s own and says what an account is today. Spend of past days is grouped by it too."
      onClose={onClose}
      act={
        <Button kind="primary" working={save.isPending && 'Saving…'} disabledReason={whyNot} onClick={send}>
          {act === 'set' ? `Tag ${what}` : `Remove tag`}
        </Button>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!whyNot && !save.isPending) send();
        }}
      >
        <DialogSection>
          <SegmentedControl
            label="What to do"
            value={act}
            onChange={setAct}
            options={[
              { value: 'set', label: 'Give a value' },
              { value: 'take', label: 'Take a key away' },
            ]}
          />
          <TextField
            label="Key"
            data-autofocus=""
            autoComplete="off"
            list={`${id}-keys`}
            value={key}
            maxLength={63}
            hint="Lower-case, as in team or cost-center."
            error={wrong('key')}
            onChange={(event) => setKey(event.target.value.toLowerCase().replace(/\s/g, '-'))}
          />
          <datalist id={`${id}-keys`}>
            {keys.map((one) => (
              <option key={one.key}>{one.key}</option>
            ))}
          </datalist>
          {act === 'set' && (
            <TextField
              label="Value"
              autoComplete="off"
              list={`${id}-values`}
              value={value}
              maxLength={120}
              error={wrong('value')}
              onChange={(event) => setValue(event.target.value)}
            />
          )}
          <datalist id={`${id}-values`}>
            {keys
              .find((one) => one.key === key)
              ?.values.map((one) => (
                <option key={one.value}>{one.value}</option>
              ))}
          </datalist>
          <button type="submit" className="hidden" aria-hidden="true" tabIndex={-1} />
        </DialogSection>
      </form>
      {present.length > 0 && (
        <DialogSection>
          <p role="status">{presentWords(present, accounts.length, key, act)}</p>
        </DialogSection>
      )}
      {save.error && (
        <DialogSection>
          <ErrorLine error={save.error.report} title="Nothing was tagged" />
        </DialogSection>
      )}
    </Dialog>
  );
}

function presentWords(present: readonly AccountTag[], of: number, key: string, act: 'set' | 'take'): string {
  const counts = new Map<string, number>();
  for (const { value } of present) counts.set(value, (counts.get(value) ?? 0) + 1);
  const values = [...counts].toSorted((a, b) => b[1] - a[1]);
  const named = values.slice(0, 5).map(([value, count]) => (of === 1 ? value : `${value} (${count})`));
  const rest = values.length > 5 ? ` and ${values.length - 5} more` : '';
  const who = of === 1 ? 'It has' : `${present.length} of ${of} have`;
  return `${who} ${key} already: ${named.join(', ')}${rest}. ${act === 'set' ? 'The new value takes its place.' : 'It is taken away.'}`;
}
