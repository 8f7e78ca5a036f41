/** Loading the code of a page, and what to do when it does not come. */
import type { ComponentType } from 'react';
import { serverAnswers } from '../queries/server-answers.ts';
import { toasts } from '../ui/toasts.ts';

const reloadedKey = 'canopy.reloaded';
/** It is tried again at this pace, and as soon as the browser is online. */
const askAgain = 3_000;

/** What is said while a page waits; once, however many are asked for. */
let waiting: number | null = null;

/** True for a chunk that did not come, in the words of each browser. */
export function isMissingChunk(error: unknown): boolean {
  return error instanceof TypeError && /dynamically imported module|importing a module script failed/i.test(error.message);
}

/**
 * The component of a page. Without a connection the page on the screen stands, and the new one opens when the server
 * answers again. After a deploy an open tab asks for chunks that have gone: `destination`, where the page is, is loaded from
 * the start, once, and only if that does not help the error is shown.
 */
export async function loadPage(
  load: () => Promise<{ Component: ComponentType }>,
  destination: () => string,
): Promise<ComponentType> {
  for (;;) {
    try {
      const { Component } = await load();
      sessionStorage.removeItem(reloadedKey);
      if (waiting !== null) toasts.close(waiting);
      waiting = null;
      return Component;
    } catch (error) {
      if (!isMissingChunk(error)) throw error;
      if (await serverAnswers()) return leaveOnce(destination(), error);
      waiting ??= toasts.waiting({
        title: 'Canopy does not answer',
        note: 'The page opens when the connection is back.',
      });
      await aMoment();
    }
  }
}

function leaveOnce(destination: string, error: unknown): Promise<never> {
  if (sessionStorage.getItem(reloadedKey) !== null) throw error;
  sessionStorage.setItem(reloadedKey, 'yes');
  location.assign(destination);
  return new Promise(() => undefined); // the old page stands until the new one comes
}

function aMoment(): Promise<unknown> {
  return new Promise((resolve) => {
    setTimeout(resolve, askAgain);
    window.addEventListener('online', resolve, { once: true });
  });
}
