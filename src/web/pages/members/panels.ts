/** The panels beside the list, whose code comes when somebody is about to open one. */
import { panelOnIntent } from '../../ui/panel-on-intent.tsx';

export const Invite = panelOnIntent(
  async () => (await import('./InvitePanel.tsx')).InvitePanel,
  () => ({ id: 'invite', label: 'Invite members', title: 'Invite members', width: 432 }),
);

export const MemberDetails = panelOnIntent(
  async () => (await import('./MemberPanel.tsx')).MemberPanel,
  ({ person: { name, email } }) => ({ id: 'member', label: `Member ${name ?? email}`, title: name ?? email }),
);
