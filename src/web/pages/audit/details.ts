/** The panel of one event, whose code comes when somebody is about to open it. */
import { panelOnIntent } from '../../ui/panel-on-intent.tsx';
import { sentenceOf } from '../../lib/event-words.ts';

export const EventDetails = panelOnIntent(
  async () => (await import('./EventPanel.tsx')).EventPanel,
  ({ event }) => ({
    id: 'audit-event',
    label: 'Event',
    width: 436,
    title: `${sentenceOf(event).act} ${sentenceOf(event).object}`,
  }),
);
