import type { Endpoint } from '../../contract/endpoint.ts';
import { headerNames } from '../../contract/envelope.ts';
import { invalid } from './invalid.ts';

/** What a write carries beside its body. */
export interface WriteFacts {
  idempotencyKey: string | null;
  ifMatch: string | null;
  reason: string | null;
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const longestReason = 500;
/** Rows that replace what the person saw, so they must say what they saw. */
const replacing = new Set(['modifyOrganization', 'modifyProfile']);

/** Reads the headers of a write: a key for the intent, the version that was seen, the reason. */
export function requireWriteHeaders(row: Endpoint, headers: Headers): WriteFacts {
  if (row.effect === 'read') return { idempotencyKey: null, ifMatch: null, reason: null };
  const idempotencyKey = headers.get(headerNames.idempotencyKey);
  if (!idempotencyKey || !uuid.test(idempotencyKey))
    throw invalid([{ field: headerNames.idempotencyKey, message: 'must be a UUID, one for each intent' }]);
  const ifMatch = headers.get(headerNames.ifMatch);
  if (!ifMatch && replacing.has(row.name))
    throw invalid([{ field: headerNames.ifMatch, message: 'must be the etag of what is replaced' }]);
  if (ifMatch && ifMatch.length > 200) throw invalid([{ field: headerNames.ifMatch, message: 'is too long' }]);
  return { idempotencyKey: idempotencyKey.toLowerCase(), ifMatch, reason: reasonOf(headers.get(headerNames.reason)) };
}

function reasonOf(header: string | null): string | null {
  if (header === null) return null;
  let text: string;
  try {
    text = decodeURIComponent(header);
  } catch {
    throw invalid([{ field: headerNames.reason, message: 'must be percent-encoded text' }]);
  }
  if (text.length > longestReason)
    throw invalid([{ field: headerNames.reason, message: `must have at most ${longestReason} characters` }]);
  return text.trim() || null;
}
