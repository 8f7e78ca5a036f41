import { useShortcutGroups } from '../lib/shortcuts.ts';
import type { ShortcutGroup } from '../lib/shortcuts.ts';
import { usePreferences } from '../lib/preferences.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { Kbd } from '../ui/Kbd.tsx';
import { commandKey } from './command-key.ts';
import { closeSheet } from './sheet-state.ts';

/** Keys that a table or a tree takes while the focus is in it. */
const inLists: readonly Line[] = [
  { keys: ['j', 'k'], label: 'Next and previous row' },
  { keys: ['Enter'], label: 'Open the row' },
  { keys: ['x'], label: 'Select the row' },
  { keys: ['→', '←'], label: 'Open and close a branch' },
  { keys: ['*'], label: 'Open all beside it' },
  { keys: ['u'], label: 'Go to the parent' },
  { keys: ['Shift', 'F10'], label: 'What can be done with the row' },
  { keys: ['Esc'], label: 'Close the top layer' },
];

/** A binding as the keys to press: `Mod+k` is two keys at once, `g o` two after another. */
const keysOf = (binding: string) =>
  binding.startsWith('Mod+') ? [commandKey, binding.slice(4).toUpperCase()] : binding.split(' ');

interface Line {
  keys: readonly string[];
  label: string;
}

/** Groups of the same title stand together, the page's own first. */
function sections(groups: readonly ShortcutGroup[]): ReadonlyMap<string, readonly Line[]> {
  const lines = new Map<string, Line[]>();
  for (const group of groups.toReversed()) {
    const own = group.shortcuts.map(({ keys, label }) => ({ keys: keysOf(keys), label }));
    lines.set(group.title, [...(lines.get(group.title) ?? []), ...own]);
  }
  return lines;
}

/** Every key that works on this screen now. */
export function ShortcutSheet() {
  const groups = sections(useShortcutGroups());
  const { shortcuts } = usePreferences();
  return (
    <Dialog
      title="Shortcuts"
      consequence={
        shortcuts === 'off'
          ? 'Single keys are switched off in Settings; only combinations work.'
          : 'Single keys do nothing while you type.'
      }
      size="preflight"
      cancel="Close"
      onClose={closeSheet}
    >
      <div className="columns-2 gap-8 px-5 py-4 max-sm:columns-1">
        {[...groups].map(([title, lines]) => (
          <Keys key={title} title={title} lines={lines} />
        ))}
        <Keys title="In tables and the tree" lines={inLists} />
      </div>
    </Dialog>
  );
}

function Keys({ title, lines }: { title: string; lines: readonly Line[] }) {
  return (
    <section className="mb-4 break-inside-avoid">
      <h3 className="mb-1 text-xs font-semibold text-muted">{title}</h3>
      <dl>
        {lines.map(({ keys, label }) => (
          <div key={label} className="flex min-h-6.5 items-center justify-between gap-3 border-b border-line-soft">
            <dt>{label}</dt>
            <dd className="flex gap-1">
              {keys.map((key) => (
                <Kbd key={key} keys={key} />
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
