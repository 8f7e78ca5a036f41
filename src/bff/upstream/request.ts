import { pathOf } from '../../contract/endpoint.ts';
import type { Endpoint } from '../../contract/endpoint.ts';
import { writeQuery } from '../../contract/query.ts';
import type { CallInput } from '../services.ts';
import { credentialHeaders } from './credentials.ts';
import type { Credentials, UsedCredential } from './credentials.ts';

export interface PreparedRequest {
  method: string;
  url: string;
  headers: Readonly<Record<string, string>>;
  body: string | null;
}

/**
 * Builds a request from a row of the contract and checked input. Nothing of the browser's request is copied: the
 * path comes from the row, the headers start from empty.
 */
export function prepareRequest<E extends Endpoint>(
  baseUrl: string,
  row: E,
  input: CallInput<E>,
  credentials: Credentials,
  used: UsedCredential,
  requestId: string,
): PreparedRequest {
  const search = writeQuery(row.query, input.query).toString();
  const body = row.body === null || input.body === undefined ? null : JSON.stringify(input.body);
  return {
    method: row.method,
    url: `${baseUrl}${pathOf(row, input.params)}${search === '' ? '' : `?${search}`}`,
    headers: {
      accept: 'application/json',
      'accept-encoding': 'identity',
      'user-agent': 'canopy',
      'x-request-id': requestId.replace(/[^\w.-]/g, '').slice(0, 64),
      ...(body === null ? {} : { 'content-type': 'application/json' }),
      ...credentialHeaders(credentials, used),
    },
    body,
  };
}
