/** Loading the code of a page, and what to do when it is gone. */
import type { ComponentType } from 'react';

const reloadedKey = 'canopy.reloaded';

/** True for a chunk that the server no longer has, in the words of each browser. */
export function isMissingChunk(error: unknown): boolean {
  return (
    error instanceof TypeError &&
    /dynamically imported module|importing a module script failed|error loading dynamically/i.test(error.message)
  );
}

/**
 * The component of a page. After a deploy an open tab asks for chunks that have gone: the page is reloaded once,
 * and only if that does not help the error is shown.
 */
export async function loadPage(load: () => Promise<{ Component: ComponentType }>): Promise<ComponentType> {
  try {
    const { Component } = await load();
    sessionStorage.removeItem(reloadedKey);
    return Component;
  } catch (error) {
    if (!isMissingChunk(error) || sessionStorage.getItem(reloadedKey) !== null) throw error;
    sessionStorage.setItem(reloadedKey, 'yes');
    window.location.reload();
    return new Promise(() => undefined); // the old page stands until the new one comes
  }
}
