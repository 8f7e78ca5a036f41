import { useQuery } from '@tanstack/react-query';
import { CloudOff, Clock, ReceiptText, ShieldOff, UserRound } from 'lucide-react';
import type { Hierarchy, PlacedMember } from '../../../contract/canopy/hierarchy.ts';
import type { SpendState } from '../../../contract/canopy/spend.ts';
import type { ScopePage } from '../../lib/paths.ts';
import { newestReceiptsQuery } from '../../queries/receipts.ts';
import { useRole } from '../../queries/role.ts';
import { TextAction } from '../../ui/Link.tsx';
import { SectionHead } from '../../ui/SectionHead.tsx';
import { tipWhenClipped } from '../../ui/tip.ts';
import { Upstream } from '../../ui/Upstream.tsx';
import { attentionItems, coveragesOf } from './attention.ts';
import { places } from './places.ts';

const icons = {
  administrator: UserRound,
  'two-factor': ShieldOff,
  invitation: Clock,
  unread: CloudOff,
  usage: CloudOff,
  receipt: ReceiptText,
} as const;
const tones = { danger: 'text-danger', warning: 'text-warning', info: 'text-info' } as const;

interface Props {
  hierarchy: Hierarchy;
  within: readonly string[];
  members: readonly PlacedMember[] | null;
  spend: SpendState | null;
  now: number;
  link: (page: ScopePage, search: Record<string, string | string[]>) => string;
}

/** What needs a person, each with the list that shows it. */
export function AttentionList({ hierarchy, within, members, spend, now, link }: Props) {
  const { can } = useRole();
  const unknown = useQuery({ ...newestReceiptsQuery({ outcome: ['unknown'] }, 1), enabled: can('receipts:read') });
  const names = new Map(hierarchy.nodes.map(({ id, name }) => [id, name]));
  const here = new Set(within);
  const items = attentionItems({
    members,
    coverages: coveragesOf(hierarchy).map(({ what, coverage }) => ({
      what,
      coverage: { ...coverage, failed: coverage.failed.filter(({ organizationId }) => here.has(organizationId)) },
    })),
    spend,
    unknownReceipts: unknown.data?.result.total ?? 0,
    nameOf: (id) => names.get(id) ?? id,
    now,
  });
  return (
    <section aria-label="Needs attention" className={places.attention}>
      <SectionHead title="Needs attention" note={String(items.length)} />
      {items.length === 0 && (
        <p className="px-4 py-3 text-muted">
          {can('members:read') && !members
            ? 'The members are not read yet.'
            : `Nothing ${can('members:read') ? 'that Canopy looks at' : 'in what your role may see'} needs a person now.`}
        </p>
      )}
      <ul>
        {items.map(({ id, kind, icon, title, detail, act, target }) => {
          const Icon = icons[icon];
          return (
            <li key={id} className="flex gap-3 border-b border-line-soft px-4 py-2">
              <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${tones[kind]}`} />
              <div className="min-w-0 flex-1">
                <p className="font-medium">
                  <Upstream>{title}</Upstream>
                </p>
                <p className="truncate text-xs text-muted" {...tipWhenClipped()}>
                  <Upstream>{detail}</Upstream>
                </p>
              </div>
              <TextAction href={link(target.page, target.search)}>
                {act}
                <span className="sr-only">: {title}</span>
              </TextAction>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
