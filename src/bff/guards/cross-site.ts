import { headerNames } from '../../contract/envelope.ts';
import { Problem } from '../problem.ts';

/**
 * Lets in only what our own page sends, or a script that is no browser. Three layers, on reads as well: a header that
 * no form or link can carry, the browser's own word on where the request started, and the exact origin.
 * A download is a navigation, which carries no header of ours: there the browser's word must stand.
 */
export function requireOwnPage(headers: Headers, publicUrl: URL, navigation: boolean): void {
  const site = headers.get('sec-fetch-site');
  const origin = headers.get('origin');
  const guarded = headers.get(headerNames.guard) === '1' || (navigation && site === 'same-origin');
  if (guarded && (site === null || site === 'same-origin') && (origin === null || origin === publicUrl.origin)) return;
  throw new Problem({
    code: 'cross_site',
    message: guarded
      ? 'The request did not start on a page of this console.'
      : `The request lacks the header ${headerNames.guard}, which pages of this console send.`,
    action: `Use the console at ${publicUrl.origin}; a script sends "${headerNames.guard}: 1" and no Origin.`,
  });
}
