import { typeLabel } from '../../lib/account-type.ts';
import { Ellipsis, FolderInput } from 'lucide-react';
import { Button } from '../../ui/Button.tsx';
import { CopyId } from '../../ui/CopyId.tsx';
import { Fact, FactGrid } from '../../ui/FactGrid.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Menu } from '../../ui/Menu.tsx';
import { Panel, PanelSection } from '../../ui/Panel.tsx';
import { Age, Time } from '../../ui/Time.tsx';
import { Upstream } from '../../ui/Upstream.tsx';
import { accountMenu } from './actions.ts';
import type { Acts } from './actions.ts';
import type { OrganizationItem } from '../../tree/organization-index.ts';
import { Path } from './OrganizationPanel.tsx';
import { CostSection, CostToCome } from './PanelSections.tsx';
import type { AccountItem } from '../../tree/tree.ts';
import type { TreeCostsOr } from './use-costs.ts';
import { lineOf } from './use-focus.ts';

interface Props {
  item: AccountItem;
  organization: OrganizationItem;
  costs: TreeCostsOr;
  acts: Acts;
  whyNotMove: string | false;
  onFocus: (id: string) => void;
  onClose: () => void;
}

const yesNo = (value: boolean | null | undefined) => (value === true ? 'On' : value === false ? 'Off' : 'Unknown');

/** An account: where it is, its settings, its cost, and moving it. */
export function AccountPanel({ item, organization, costs, acts, whyNotMove, onFocus, onClose }: Props) {
  const { account } = item;
  const name = item.name === '' ? account.id : item.name;
  const cost = typeof costs !== 'string' && costs?.accounts.get(account.id);
  const { settings } = account;
  return (
    <Panel
      id="organization"
      label={`Account ${name}`}
      title={<Upstream>{name}</Upstream>}
      path={<Path line={lineOf(organization)} onFocus={onFocus} />}
      onClose={onClose}
      sheetHeight="low"
      actions={
        <>
          <Button size="toolbar" icon={FolderInput} disabledReason={whyNotMove} onClick={() => acts.move(item)}>
            Move account
          </Button>
          <span className="ml-auto">
            <Menu
              label={`More for ${name}`}
              align="end"
              entries={accountMenu(item, acts, whyNotMove, 'short')}
              trigger={(props) => <IconButton {...props} kind="plain" icon={Ellipsis} label="More" />}
            />
          </span>
        </>
      }
    >
      <PanelSection>
        <FactGrid>
          <Fact term="ID">
            <CopyId id={account.id} label="account ID" />
          </Fact>
          <Fact term="Type">{typeLabel(account.type)}</Fact>
          <Fact term="Created">
            <Time at={account.created_on} show="date" />{' '}
            <span className="text-muted">
              <Age at={account.created_on} />
            </span>
          </Fact>
          <Fact term="Two-factor">
            {settings?.enforce_twofactor === true
              ? 'Enforced'
              : settings?.enforce_twofactor === false
                ? 'Not enforced'
                : 'Unknown'}
          </Fact>
          <Fact term="API access">{yesNo(settings?.api_access_enabled)}</Fact>
          {settings?.abuse_contact_email && (
            <Fact term="Abuse contact">
              <Upstream>{settings.abuse_contact_email}</Upstream>
            </Fact>
          )}
        </FactGrid>
        {whyNotMove !== false && <p className="mt-2 text-xs text-muted">Move account: {whyNotMove}</p>}
      </PanelSection>
      {costs && typeof costs !== 'string' && cost && <CostSection of={cost} costs={costs} />}
      {costs === 'coming' && <CostToCome />}
    </Panel>
  );
}
