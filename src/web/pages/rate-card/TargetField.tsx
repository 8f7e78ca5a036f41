import { useQuery } from '@tanstack/react-query';
import { ChevronsUpDown } from 'lucide-react';
import { useId, useState } from 'react';
import { allAccountsQuery, hierarchyQuery } from '../../queries/hierarchy.ts';
import { Field } from '../../ui/Field.tsx';
import { OptionList } from '../../ui/OptionList.tsx';
import { Popover } from '../../ui/Popover.tsx';
import { everyone } from './override-form.ts';

interface Props {
  value: string;
  error: string | undefined;
  onChange: (target: string) => void;
}

const shownOptions = 50;

/** Whom an override holds for: everyone, an organization with all below it, or one account. */
export function TargetField({ value, error, onChange }: Props) {
  const id = useId();
  const [sought, setSought] = useState('');
  const nodes = useQuery(hierarchyQuery()).data?.result.nodes ?? [];
  const accounts = useQuery(allAccountsQuery({})).data?.result.rows ?? [];
  const all = [
    { value: everyone, label: 'Everyone', note: '' },
    ...nodes.map(({ id: organization, name }) => ({ value: `organization ${organization}`, label: name, note: 'Organization' })),
    ...accounts.map((account) => ({ value: `account ${account.id}`, label: account.name ?? account.id, note: 'Account' })),
  ];
  const text = sought.trim().toLowerCase();
  const found = all.filter(({ label, value: key }) => label.toLowerCase().includes(text) || key.includes(text));
  const chosen = all.find((option) => option.value === value);
  return (
    <Field
      id={`${id}-trigger`}
      words={{ label: 'Holds for', error, hint: 'An organization’s override holds for all below it; the nearer one wins.' }}
    >
      <Popover
        label="Holds for"
        width={340}
        className="p-1"
        trigger={({ id: _own, ...props }) => (
          <button
            type="button"
            data-autofocus=""
            {...props}
            id={`${id}-trigger`}
            aria-label={`Holds for: ${chosen?.label ?? value}`}
            className="flex h-(--control) w-full items-center gap-2 rounded-md border border-line-control bg-raised px-2.25 text-left hover:bg-hover"
          >
            <span className="min-w-0 flex-1 truncate">{chosen?.label ?? value.split(' ')[1]}</span>
            {chosen?.note && <span className="text-muted">{chosen.note}</span>}
            <ChevronsUpDown className="size-3.5 text-muted" />
          </button>
        )}
      >
        {(close) => (
          <OptionList
            label="Organizations and accounts"
            mode="one"
            search={{
              value: sought,
              onChange: setSought,
              status: found.length > shownOptions ? `${shownOptions} of ${found.length}: type to find more` : '',
            }}
            options={found.slice(0, shownOptions)}
            selected={[value]}
            onChange={([target]) => {
              if (target !== undefined) onChange(target);
              close();
            }}
          />
        )}
      </Popover>
    </Field>
  );
}
