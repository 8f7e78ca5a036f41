import { useMemo } from 'react';
import type { Mapping, Override, RateCard, RateCardVersion } from '../../../contract/canopy/rate-card.ts';
import { plural } from '../../lib/format.ts';
import type { Column } from '../../ui/columns.ts';
import { Badge } from '../../ui/Badge.tsx';
import { DataTable } from '../../ui/DataTable.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { TextAction } from '../../ui/Link.tsx';
import { Time } from '../../ui/Time.tsx';
import { Upstream } from '../../ui/Upstream.tsx';
import { OverrideDetails, VersionDetails } from './parts.ts';
import type { Open } from './screen-url.ts';
import { datesWords, metricWords, priceWords, targetWords, termsWords } from './words.ts';
import type { Names } from './words.ts';

interface OverrideRow {
  override: Override;
  index: number;
}

/** What differs for some organizations and accounts. */
export function OverridesView({
  card,
  names,
  q,
  whole,
  openId,
  onOpen,
}: {
  card: RateCard;
  names: Names;
  q: string;
  whole: boolean;
  openId: string | null;
  onOpen: (open: Open) => void;
}) {
  const columns = useMemo(() => overrideColumns(names), [names]);
  const sought = q.trim().toLowerCase();
  const rows = card.overrides
    .map((override, index) => ({ override, index }))
    .filter(({ override }) =>
      `${targetWords(override, names)} ${metricWords(override, names)} ${override.note ?? ''}`.toLowerCase().includes(sought),
    );
  return (
    <DataTable<OverrideRow>
      label="Overrides"
      rows={rows}
      columns={columns}
      rowId={({ index }) => String(index)}
      rowLabel={({ override }) => `${targetWords(override, names)}: ${metricWords(override, names)}`}
      onOpen={({ index }) => onOpen({ kind: 'override', index })}
      onIntent={OverrideDetails.preload}
      openId={openId}
      phone={({ override }) => ({
        title: <Upstream>{targetWords(override, names)}</Upstream>,
        detail: `${metricWords(override, names)}, ${termsWords(override, names)}`,
      })}
      empty={
        card.overrides.length > 0 ? (
          <EmptyState kind="filtered" title={`The search hides ${plural(card.overrides.length, 'override')}`} />
        ) : (
          <EmptyState title="No override">
            {whole
              ? 'Every account has the prices of the lines. An override gives an organization or an account other prices, a discount or another allowance.'
              : 'None of your organizations and accounts has one of its own.'}
          </EmptyState>
        )
      }
    />
  );
}

const overrideColumns = (names: Names): Column<OverrideRow>[] => [
  {
    id: 'target',
    header: 'Holds for',
    width: 230,
    grow: 1,
    shown: 'always',
    cell: ({ override }) => <Upstream>{targetWords(override, names)}</Upstream>,
  },
  {
    id: 'kind',
    header: 'Kind',
    width: 110,
    tone: 'muted',
    leaves: 2,
    cell: ({ override }) => (override.organization ? 'Organization' : override.account ? 'Account' : 'Everyone'),
  },
  {
    id: 'metric',
    header: 'Metric',
    width: 220,
    grow: 1,
    cell: ({ override }) => <Upstream>{metricWords(override, names)}</Upstream>,
  },
  { id: 'terms', header: 'Terms', width: 280, grow: 1, cell: ({ override }) => termsWords(override, names) },
  {
    id: 'dates',
    header: 'In force',
    width: 220,
    tone: 'muted',
    leaves: 1,
    cell: ({ override }) => datesWords(override),
  },
  {
    id: 'note',
    header: 'Note',
    width: 160,
    tone: 'muted',
    leaves: 3,
    cell: ({ override }) => <Upstream>{override.note ?? ''}</Upstream>,
  },
];

/** Metrics that a person said are priced like a line. */
export function MappingsView({
  card,
  names,
  whyNot,
  onRemove,
}: {
  card: RateCard;
  names: Names;
  whyNot: string | false;
  onRemove: (mapping: Mapping) => void;
}) {
  const columns: Column<Mapping>[] = [
    {
      id: 'metric',
      header: 'Metric',
      width: 260,
      grow: 1,
      shown: 'always',
      cell: ({ metric }) => <Upstream>{metric}</Upstream>,
    },
    {
      id: 'line',
      header: 'Priced as',
      width: 260,
      grow: 1,
      cell: ({ line }) => <Upstream>{names.line(line)?.name ?? line}</Upstream>,
    },
    {
      id: 'price',
      header: 'Price',
      width: 240,
      grow: 1,
      leaves: 1,
      tone: 'muted',
      cell: ({ line: metric }) => {
        const line = names.line(metric);
        return line && priceWords(line.price, line.unit, names.currency);
      },
    },
    {
      id: 'act',
      header: '',
      width: 130,
      cell: (mapping) => (
        <TextAction disabledReason={whyNot} onPress={() => onRemove(mapping)}>
          Remove<span className="sr-only"> mapping of {mapping.metric}</span>
        </TextAction>
      ),
    },
  ];
  return (
    <DataTable<Mapping>
      label="Mappings"
      rows={card.mappings}
      columns={columns}
      rowId={({ metric }) => metric}
      rowLabel={({ metric }) => metric}
      empty={
        <EmptyState title="No mapping">
          Metrics find their line by id and by name. Where stored usage has a metric under another name, Prices lists it first,
          and it can be mapped there.
        </EmptyState>
      }
    />
  );
}

/** Who put which card in force, when and why. */
export function VersionsView({
  versions,
  openId,
  onOpen,
}: {
  versions: readonly RateCardVersion[];
  openId: string | null;
  onOpen: (open: Open) => void;
}) {
  const current = versions[0]?.version;
  const columns: Column<RateCardVersion>[] = [
    {
      id: 'version',
      header: 'Version',
      width: 130,
      shown: 'always',
      cell: ({ version }) => (
        <span className="inline-flex items-center gap-2">
          {version} {version === current && <Badge tone="success">In force</Badge>}
        </span>
      ),
    },
    { id: 'at', header: 'Saved', width: 170, cell: ({ at }) => <Time at={at} /> },
    { id: 'by', header: 'Who', width: 180, cell: ({ by }) => <Upstream>{by?.name ?? 'Canopy'}</Upstream> },
    {
      id: 'note',
      header: 'Why',
      width: 320,
      grow: 1,
      leaves: 1,
      tone: 'muted',
      cell: ({ note }) => <Upstream>{note ?? 'Not shown'}</Upstream>,
    },
  ];
  return (
    <DataTable<RateCardVersion>
      label="Versions"
      rows={versions}
      columns={columns}
      rowId={({ version }) => String(version)}
      rowLabel={({ version }) => `Version ${version}`}
      onOpen={({ version }) => onOpen({ kind: 'version', version })}
      onIntent={VersionDetails.preload}
      openId={openId}
      phone={({ version, by, note, at }) => ({
        title: `Version ${version}, ${by?.name ?? 'Canopy'}`,
        detail: <Upstream>{note || 'No reason was given'}</Upstream>,
        end: <Time at={at} show="date" />,
      })}
    />
  );
}
