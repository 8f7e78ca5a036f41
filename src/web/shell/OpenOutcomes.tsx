import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Receipt, ReceiptOutcome } from '../../contract/canopy/receipts.ts';
import { pathTo } from '../lib/paths.ts';
import { forgetOutcome, useOpenOutcomes } from '../queries/open-outcomes.ts';
import type { OpenOutcome } from '../queries/open-outcomes.ts';
import { receiptQuery } from '../queries/receipts.ts';
import { readAgain } from '../queries/write.ts';
import { toasts } from '../ui/toasts.ts';
import { useScopeTree } from './scope-tree.ts';

/** Says of each write without an answer that it is being looked for, and then how it ended. */
export function OpenOutcomes() {
  return useOpenOutcomes().map((one) => <Followed key={one.receiptId} {...one} />);
}

const endings: Readonly<Record<Exclude<ReceiptOutcome, 'pending'>, { title: string; note: string }>> = {
  done: { title: 'It was done', note: 'No answer came, but reading back shows the change.' },
  refused: { title: 'It was refused', note: 'Nothing was changed.' },
  failed: { title: 'It was not done', note: 'Reading back shows that nothing was changed. It can be sent again.' },
  unknown: { title: 'It is still not known', note: 'Reading back did not work. Look at the object before you send it again.' },
};

function Followed({ receiptId, touched }: OpenOutcome) {
  const client = useQueryClient();
  const { organizationId } = useScopeTree();
  const { data } = useQuery(receiptQuery(receiptId));
  const receipt = data?.result;

  useEffect(() => {
    const waiting = toasts.waiting({
      title: 'The outcome is being checked',
      note: 'Cloudflare did not answer. Canopy reads until it knows, at most a minute; do not send it again.',
    });
    return () => toasts.close(waiting);
  }, []);

  useEffect(() => {
    if (!receipt || receipt.outcome === 'pending') return;
    const place = receipt.organizationId ?? organizationId;
    tell(receipt, place === null ? null : pathTo('audit/receipts', place, { receipt: receiptId }));
    readAgain(client, touched);
    forgetOutcome(receiptId);
  }, [receipt, receiptId, touched, client, organizationId]);
  return null;
}

function tell({ outcome, summary }: Receipt, href: string | null): void {
  if (outcome === 'pending') return;
  const { title, note } = endings[outcome];
  const content = { title: `${title}: ${summary}`, note, action: href === null ? undefined : { label: 'Open receipt', href } };
  if (outcome === 'done') toasts.lateSuccess(content);
  else toasts.failure(content);
}
