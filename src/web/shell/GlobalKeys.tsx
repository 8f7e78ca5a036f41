import { useEffect } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { nameOf, nothingTyped, step, worksWhileTyping } from '../lib/key-sequence.ts';
import { pathTo } from '../lib/paths.ts';
import { preferences, setPreference } from '../lib/preferences.ts';
import { shortcutGroups, useShortcuts } from '../lib/shortcuts.ts';
import type { Shortcut } from '../lib/shortcuts.ts';
import { useRole } from '../queries/role.ts';
import { toasts } from '../ui/toasts.ts';
import { places } from './navigation.ts';
import { keepDescendants } from './keep-descendants.ts';
import { useScopeTree } from './scope-tree.ts';
import { early } from './palette-key.ts';
import { openSheet } from './sheet-state.ts';

/** Keys that work on every screen, and the one listener behind all of them but the palette's (`palette-key.ts`). */
export function GlobalKeys() {
  const navigate = useNavigate();
  const { search } = useLocation();
  const { organizationId } = useScopeTree();
  const { can } = useRole();
  const go: Shortcut[] = places
    .filter(({ key, permission }) => key !== undefined && can(permission))
    .map(({ page, title, key }) => ({
      keys: `g ${key}`,
      label: title,
      run: () => {
        if (organizationId !== null) void navigate(keepDescendants(pathTo(page, organizationId), search));
      },
    }));
  useShortcuts(go, 'Go to');
  useShortcuts(
    [
      { keys: 'Mod+k', label: 'Search everything', run: () => openSheet('palette') },
      { keys: '/', label: 'Search on this screen', run: focusSearch },
      { keys: '?', label: 'Show these shortcuts', run: () => openSheet('shortcuts') },
      { keys: 's o', label: 'Switch organization', run: () => openSheet('switch') },
      { keys: 'c u', label: 'Copy the URL', run: copyUrl },
      { keys: 'd .', label: 'Switch between light and dark', run: switchTheme },
    ],
    'Everywhere',
  );
  useEffect(listen, []);
  return null;
}

/** The screen's own search; the palette where it has none. */
function focusSearch(): void {
  const fields = document.querySelectorAll<HTMLInputElement>('main input[type="search"]');
  const field = [...fields].find((one) => one.checkVisibility());
  if (!field) return openSheet('palette');
  field.focus();
  field.select();
}

export function copyUrl(): void {
  navigator.clipboard.writeText(window.location.href).then(
    () => toasts.success({ title: 'URL copied' }),
    () => toasts.failure({ title: 'The browser did not allow copying' }),
  );
}

export function switchTheme(): void {
  setPreference('theme', document.documentElement.dataset['theme'] === 'dark' ? 'light' : 'dark');
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.closest('textarea, select, [role="textbox"], [role="combobox"]')) return true;
  // checkboxes, radios and buttons are inputs too, but nobody types into them
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'submit', 'range'].includes(target.type);
}

/** Listens for as long as the shell stands; answers how to stop. */
function listen(): () => void {
  let typed = nothingTyped;
  const press = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing || ['Shift', 'Control', 'Alt', 'Meta'].includes(event.key)) return;
    // a dialog has its own keys
    if (document.querySelector('dialog:modal')) return;
    const key = nameOf(event);
    const plainKeys = !isTyping(event.target) && preferences().shortcuts === 'on';
    if (!plainKeys && !worksWhileTyping(key)) return;
    // newest first: a page may take over a key of the shell
    const shortcuts = shortcutGroups()
      .flatMap((group) => group.shortcuts)
      .reverse();
    const next = step(
      typed,
      key,
      event.timeStamp,
      shortcuts.map(({ keys }) => keys),
    );
    typed = next.typed;
    if (next.match === null) return;
    event.preventDefault();
    shortcuts.find(({ keys }) => keys === next.match)?.run();
  };
  void catchUp(press);
  document.addEventListener('keydown', press);
  return () => document.removeEventListener('keydown', press);
}

/** Hears what was pressed before. */
async function catchUp(press: (event: KeyboardEvent) => void): Promise<void> {
  const { keys = [] } = early;
  early.keys = undefined;
  for (const event of keys) {
    press(event);
    await Promise.resolve(); // the page is drawn anew: the next key goes on from where this one led
  }
}
