/** For what goes away when it is pressed: the keyboard goes on from the title of the page, and a pointer is left alone. */
export function goOnFromTitle(): void {
  const title = document.querySelector('h1');
  if (!title || !document.activeElement?.matches(':focus-visible')) return;
  title.tabIndex = -1;
  title.focus();
}
