import { useState } from 'react';
import { actionResults, actionTypes, actorContexts, actorTypes, auditFilters } from '../../../contract/cloudflare/audit.ts';
import type { AuditEvent, AuditFilter } from '../../../contract/cloudflare/audit.ts';
import { plural } from '../../lib/format.ts';
import { FieldThenValue } from '../../ui/FilterMenu.tsx';
import { OptionList } from '../../ui/OptionList.tsx';
import { SegmentedControl } from '../../ui/SegmentedControl.tsx';
import { valuesOf, withValues } from './filter-values.ts';
import type { Term } from './query-language.ts';

interface Props {
  filter: AuditFilter;
  terms: readonly Term[];
  onChange: (terms: Term[]) => void;
  /** Loaded events: their values are offered with how often they occur. */
  events: readonly AuditEvent[];
}

/** The fields as a menu names them. */
const labelOfFilter: Readonly<Record<AuditFilter, string>> = {
  actor_email: 'Actor e-mail',
  actor_token_name: 'Token',
  actor_context: 'Via',
  action_type: 'Action',
  action_result: 'Result',
  resource_product: 'Product',
  resource_type: 'Resource type',
  resource_id: 'Resource ID',
  actor_ip_address: 'IP address',
  raw_cf_ray_id: 'Ray ID',
  raw_method: 'Method',
  raw_status_code: 'Status code',
  raw_uri: 'URI',
  actor_type: 'Actor type',
  actor_id: 'Actor ID',
  actor_token_id: 'Token ID',
  resource_scope: 'Scope',
  id: 'Event ID',
};

const fields = Object.entries(labelOfFilter) as [AuditFilter, string][]; // the keys of a record of filters

/** A filter to add or to change: its field first, then the values. */
export function FilterEditor({ close, ...rest }: Omit<Props, 'filter'> & { close: () => void }) {
  return (
    <FieldThenValue
      close={close}
      fields={fields.map(([filter, label]) => ({ id: filter, label, editor: () => <Values filter={filter} {...rest} /> }))}
    />
  );
}

/** The values that upstream documents; other fields take any text. */
const documented: Partial<Record<AuditFilter, readonly string[]>> = {
  action_result: actionResults,
  action_type: actionTypes,
  actor_context: actorContexts,
  actor_type: actorTypes,
  raw_method: ['POST', 'PUT', 'PATCH', 'DELETE'],
  resource_scope: ['organizations'],
};

const read: Readonly<Record<AuditFilter, (event: AuditEvent) => unknown>> = {
  action_result: ({ action }) => action?.result,
  action_type: ({ action }) => action?.type,
  actor_context: ({ actor }) => actor?.context,
  actor_email: ({ actor }) => actor?.email,
  actor_id: ({ actor }) => actor?.id,
  actor_ip_address: ({ actor }) => actor?.ip_address,
  actor_token_id: ({ actor }) => actor?.token_id,
  actor_token_name: ({ actor }) => actor?.token_name,
  actor_type: ({ actor }) => actor?.type,
  id: ({ id }) => id,
  raw_cf_ray_id: ({ raw }) => raw?.cf_ray_id,
  raw_method: ({ raw }) => raw?.method,
  raw_status_code: ({ raw }) => raw?.status_code,
  raw_uri: ({ raw }) => raw?.uri,
  resource_id: ({ resource }) => resource?.id,
  resource_product: ({ resource }) => resource?.product,
  resource_type: ({ resource }) => resource?.type,
  resource_scope: ({ resource }) => resource?.scope,
};
const mostShown = 50;

/** Values to keep or to leave out: those that upstream documents, those of the loaded events, or one that is typed. */
function Values({ filter, terms, onChange, events }: Props) {
  const [exclude, setExclude] = useState(valuesOf(terms, filter, false).length === 0 && valuesOf(terms, filter, true).length > 0);
  const [typed, setTyped] = useState('');
  const selected = valuesOf(terms, filter, exclude);
  const counts = new Map<string, number>([...(documented[filter] ?? []), ...selected].map((value) => [value, 0]));
  for (const event of events) {
    const value = read[filter](event);
    if (typeof value === 'string' || typeof value === 'number') counts.set(String(value), (counts.get(String(value)) ?? 0) + 1);
  }
  const text = typed.trim();
  const optionOf = ([value, count]: [string, number]) => ({ value, label: value, count: count === 0 ? undefined : count });
  const matching = [...counts]
    .filter(([value]) => value.toLowerCase().includes(text.toLowerCase()))
    .sort(([, a], [, b]) => b - a);
  const checked = auditFilters[filter].schema.safeParse(text);
  const isNew = text !== '' && !counts.has(text) && checked.success;
  const wrong =
    text !== '' && matching.length === 0 && !checked.success ? (checked.error.issues[0]?.message ?? 'is not valid') : null;
  return (
    <div className="p-1">
      <SegmentedControl
        label="Keep or leave out"
        size="row"
        className="mb-1.5"
        value={exclude ? 'not' : 'is'}
        onChange={(sign) => setExclude(sign === 'not')}
        options={[
          { value: 'is', label: 'is' },
          { value: 'not', label: 'is not' },
        ]}
      />
      <OptionList
        label="Values"
        options={[
          ...(isNew ? [{ value: text, label: text, note: 'as typed' }] : []),
          ...matching.slice(0, mostShown).map(optionOf),
        ]}
        selected={selected}
        onChange={(values) => onChange(withValues(terms, filter, exclude, values))}
        search={{
          value: typed,
          onChange: setTyped,
          status: wrong
            ? `The value ${wrong}.`
            : matching.length > mostShown
              ? `${mostShown} of ${matching.length}; type to find others`
              : `Counts are of ${plural(events.length, 'loaded event')}; any other value can be typed`,
        }}
      />
    </div>
  );
}
