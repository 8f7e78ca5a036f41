/** The key of the palette, what is typed after it, and keys that come early. It stands with the frame: nothing typed may be lost because its code is still on the way. */
import { awaitsPalette, closeSheet, openSheet, typedAhead } from './sheet-state.ts';

/** What was pressed before the other keys had a listener (`GlobalKeys.tsx`), which hears of it when it comes. */
export const early: { keys?: KeyboardEvent[] | undefined } = { keys: [] };

/** Listens for as long as the shell stands; answers how to stop. */
export function listenForPalette(): () => void {
  // what waits for the palette is nobody else's: a tree would look for it among its rows
  document.addEventListener('keydown', press, true);
  return () => document.removeEventListener('keydown', press, true);
}

function press(event: KeyboardEvent): void {
  if (event.isComposing || event.altKey) return;
  const command = event.ctrlKey || event.metaKey;
  if (awaitsPalette() && !command) typeAhead(event);
  // a dialog has its own keys
  else if (command && !event.shiftKey && event.key.toLowerCase() === 'k' && !document.querySelector('dialog:modal'))
    openSheet('palette');
  else return void early.keys?.push(event);
  event.preventDefault();
  event.stopPropagation();
}

/** The palette's code is still on its way: what people type at once is kept for its field. */
function typeAhead({ key }: KeyboardEvent): void {
  if (key === 'Escape') closeSheet();
  else if (key === 'Backspace') typedAhead.text = typedAhead.text.slice(0, -1);
  else if (key.length === 1) typedAhead.text += key;
}
