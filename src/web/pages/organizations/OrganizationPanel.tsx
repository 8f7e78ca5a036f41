import { ChartColumnStacked, ChevronRight, Ellipsis, FolderInput, Pencil, Plus, Users } from 'lucide-react';
import type { Hierarchy } from '../../../contract/canopy/hierarchy.ts';
import { formatCount, notAvailable } from '../../lib/format.ts';
import { useMedia, widths } from '../../lib/media.ts';
import { pathTo } from '../../lib/paths.ts';
import { useRole } from '../../queries/role.ts';
import { Button, ButtonLink } from '../../ui/Button.tsx';
import { classes } from '../../ui/classes.ts';
import { CopyId } from '../../ui/CopyId.tsx';
import { Fact, FactGrid } from '../../ui/FactGrid.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Menu } from '../../ui/Menu.tsx';
import { Panel, PanelSection } from '../../ui/Panel.tsx';
import { Age, Time } from '../../ui/Time.tsx';
import { tip } from '../../ui/tip.ts';
import { Upstream } from '../../ui/Upstream.tsx';
import { organizationMenu } from './actions.ts';
import type { Acts, Reasons } from './actions.ts';
import { allowancesOf } from './allowed.ts';
import { ancestorsOf } from '../../tree/organization-index.ts';
import type { OrganizationItem, RollUp } from '../../tree/organization-index.ts';
import { AllowedHere, CostSection, CostToCome, FullControl, NewestEvents } from './PanelSections.tsx';
import type { TreeCostsOr } from './use-costs.ts';

interface Props {
  item: OrganizationItem;
  /** As changed here, until Cloudflare answers with it. */
  name: string;
  shape: Hierarchy['shape'];
  costs: TreeCostsOr;
  acts: Acts;
  reasons: Reasons;
  onFocus: (id: string) => void;
  onClose: () => void;
}

/** An organization in full: what it holds, who controls it, what is allowed in it, and what happened there. */
export function OrganizationPanel({ item, name, shape, costs, acts, reasons, onFocus, onClose }: Props) {
  const { session, can, whyNot } = useRole();
  const phone = useMedia(widths.phone);
  const cost = typeof costs !== 'string' && costs?.organizations.get(item.id);
  return (
    <Panel
      id="organization"
      label={`Organization ${name}`}
      title={<Upstream>{name}</Upstream>}
      path={<Path line={ancestorsOf(item)} onFocus={onFocus} />}
      onClose={onClose}
      sheetHeight="low"
      actions={
        phone ? (
          <PhoneActions item={item} acts={acts} reasons={reasons} />
        ) : (
          <Actions item={item} name={name} acts={acts} reasons={reasons} />
        )
      }
    >
      <PanelSection>
        <FactGrid>
          <Fact term="ID">
            <CopyId id={item.id} label="organization ID" />
          </Fact>
          <Fact term="Accounts">{counted(item.accounts)}</Fact>
          <Fact term="Sub-organizations">
            {formatCount(item.children.length)} here
            {item.below > item.children.length && `, ${formatCount(item.below)} with descendants`}
          </Fact>
          {can('members:read') && (
            <Fact term="Members">
              <Members item={item} />
            </Fact>
          )}
          <Fact term="Created">
            <Time at={item.node.createTime} show="date" />{' '}
            <span className="text-muted">
              <Age at={item.node.createTime} />
            </span>
          </Fact>
          <Fact term="Managed by">
            {item.node.managedBy === null ? (
              <span className="text-muted">nobody named</span>
            ) : (
              <Upstream>{item.node.managedBy}</Upstream>
            )}
          </Fact>
        </FactGrid>
      </PanelSection>
      {costs && typeof costs !== 'string' && cost && <CostSection of={cost} costs={costs} />}
      {costs === 'coming' && <CostToCome />}
      <FullControl item={item} />
      <AllowedHere
        allowances={allowancesOf(item, shape, session.scopeOrganizationId !== null)}
        role={whyNot('organizations:write')}
      />
      {can('audit:read') && <NewestEvents key={item.id} organizationId={item.id} />}
    </Panel>
  );
}

function Actions({ item, name, acts, reasons }: Pick<Props, 'item' | 'name' | 'acts' | 'reasons'>) {
  const { whyNot } = useRole();
  return (
    <>
      <Button size="toolbar" icon={Pencil} disabledReason={reasons.rename} onClick={() => acts.rename(item)}>
        Rename
      </Button>
      <Button size="toolbar" icon={FolderInput} disabledReason={reasons.move} onClick={() => acts.move(item)}>
        Move
      </Button>
      <Button size="toolbar" icon={Plus} disabledReason={reasons.create} onClick={() => acts.create(item)}>
        New sub-organization
      </Button>
      <span className="ml-auto">
        <Menu
          label={`More for ${name}`}
          align="end"
          entries={organizationMenu(item, acts, reasons, whyNot, 'short')}
          trigger={(props) => <IconButton {...props} kind="plain" icon={Ellipsis} label="More" />}
        />
      </span>
    </>
  );
}

/** A phone is for reading: where to look first, and everything else behind one button. */
function PhoneActions({ item, acts, reasons }: Pick<Props, 'item' | 'acts' | 'reasons'>) {
  const { can, whyNot } = useRole();
  return (
    <div className="flex w-full gap-2 *:flex-1">
      {can('members:read') && (
        <ButtonLink size="toolbar" icon={Users} href={pathTo('members', item.id)}>
          Members
        </ButtonLink>
      )}
      {can('spend:read') && (
        <ButtonLink size="toolbar" icon={ChartColumnStacked} href={pathTo('spend', item.id)}>
          Cost
        </ButtonLink>
      )}
      <Menu
        label={`More for ${item.node.name}`}
        align="end"
        entries={organizationMenu(item, acts, reasons, whyNot, 'row')}
        trigger={(props) => (
          <Button {...props} size="toolbar" icon={Ellipsis}>
            More
          </Button>
        )}
      />
    </div>
  );
}

/** Places nearer than this are named in full; the rest of a long path is in the tooltip. */
const namedAncestors = 2;

/** Where something stands, from the top down; each step opens that organization. */
export function Path({ line: ancestors, onFocus }: { line: readonly OrganizationItem[]; onFocus: (id: string) => void }) {
  const named = ancestors.slice(-namedAncestors);
  return (
    <span
      className="flex items-center"
      {...tip(ancestors.length > named.length ? ancestors.map(({ node }) => node.name).join(' › ') : undefined)}
    >
      {ancestors.length > named.length && '…'}
      {named.map((ancestor, at) => (
        // the parent is the last to give way
        <span key={ancestor.id} className={classes('flex min-w-0 items-center', at < named.length - 1 && 'shrink-999')}>
          {(at > 0 || ancestors.length > named.length) && <ChevronRight className="mx-1 size-3 shrink-0 text-faint" />}
          <button
            type="button"
            className="truncate rounded-xs hover:text-ink hover:underline"
            onClick={() => onFocus(ancestor.id)}
          >
            <Upstream>{ancestor.node.name}</Upstream>
          </button>
        </span>
      ))}
    </span>
  );
}

function counted({ here, within, missing }: RollUp): string {
  const first = here === null ? `${notAvailable} here` : `${formatCount(here)} here`;
  if (missing === 0 && here === within) return first;
  return `${first}, ${formatCount(within)}${missing > 0 ? ' or more' : ''} with descendants`;
}

function Members({ item }: { item: OrganizationItem }) {
  const { members } = item.node;
  if (members === null) return <span className="text-faint">{notAvailable}</span>;
  const statuses = Object.entries(members).filter(([, count]) => count > 0);
  return (
    <>
      {formatCount(item.members.here ?? 0)}{' '}
      <span className="text-muted">{statuses.map(([status, count]) => `${formatCount(count)} ${status}`).join(', ')}</span>
    </>
  );
}
