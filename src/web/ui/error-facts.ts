import type { ErrorReport } from '../../contract/envelope.ts';
import { visibleLine } from '../lib/bidi.ts';

/** What upstream said, as sent: `1000 internal error`, with the status before it where that says more. */
export function upstreamLine(error: ErrorReport): string | null {
  const { upstream } = error;
  if (!upstream) return null;
  const [first] = upstream.errors;
  const said = [first?.code, first?.message && visibleLine(first.message)]
    .filter((part) => part !== undefined && part !== '')
    .join(' ');
  if (said === '') return upstream.status === null ? null : String(upstream.status);
  return upstream.status === null ? said : `${upstream.status} · ${said}`;
}

/** What upstream said where it said more than a status; null where it sent neither code nor words. */
export function upstreamWords(error: ErrorReport): string | null {
  const first = error.upstream?.errors[0];
  return first?.message || first?.code !== undefined ? upstreamLine(error) : null;
}

/**
 * What failed and why, in one line. A title that says it failed is never told of an unknown outcome; where upstream sent no
 * words, Canopy's own sentence is the reason.
 */
export function errorLine(error: ErrorReport, title?: string): string {
  const subject = title === undefined || error.code === 'outcome_unknown' ? error.message : title;
  const said = upstreamWords(error);
  if (said !== null) return subject.endsWith('.') ? `${subject} Cloudflare: ${said}` : `${subject}: ${said}`;
  return subject.includes(error.message) ? subject : `${subject}: ${error.message}`;
}

/** Everything a person needs to report it, one fact a line. */
export function errorDetails(error: ErrorReport, title?: string): string {
  const lines = [
    title,
    error.message,
    `Code: ${error.code}`,
    upstreamLine(error) && `Cloudflare: ${upstreamLine(error)}`,
    `Request ID: ${error.requestId}`,
    error.upstream?.rayId && `Ray ID: ${error.upstream.rayId}`,
    error.receiptId && `Receipt: ${error.receiptId}`,
  ];
  return lines.filter(Boolean).join('\n');
}
