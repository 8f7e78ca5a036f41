import { useUrlState } from '../../lib/url-state.ts';
import { choice, maybeText } from '../../lib/url-values.ts';
import { SegmentedControl } from '../../ui/SegmentedControl.tsx';

const sides = ['changes', 'access'] as const;
const urlShape = { show: choice(sides, 'changes'), receipt: maybeText(), entry: maybeText() };

/** Which side of the ledger the page shows. */
export const useLedgerSide = () => useUrlState(urlShape)[0].show;

/** Each side has a switch of its own: the one that comes takes over the focus from the one that was pressed. */
let isPressed = false;
function takeFocus(element: HTMLElement | null) {
  if (!element || !isPressed) return;
  isPressed = false;
  element.querySelector<HTMLInputElement>(':checked')?.focus();
}

/** The two sides: what was changed with Canopy, and who came, was refused, looked at records or took a file. */
export function LedgerSwitch() {
  const [{ show }, setUrl] = useUrlState(urlShape);
  return (
    // a toolbar widens what stands first in it on a phone; the switch keeps its size
    <div ref={takeFocus}>
      <SegmentedControl
        label="Show"
        value={show}
        options={[
          { value: 'changes', label: 'Changes' },
          { value: 'access', label: 'Access' },
        ]}
        onChange={(side) => {
          isPressed = true;
          setUrl({ show: side, receipt: null, entry: null }, { push: true });
        }}
      />
    </div>
  );
}
