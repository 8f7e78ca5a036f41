import type { FieldProblem } from '../../contract/query.ts';
import { Problem } from '../problem.ts';

/** More wrong fields than these are not named: nobody reads them, and an answer must not grow with a hostile request. */
const namedFields = 100;
const longestName = 200;

/** The report for a request whose parts are named but wrong. */
export function invalid(fields: readonly FieldProblem[]): Problem {
  const first = fields[0];
  return new Problem({
    code: 'invalid_request',
    message: first ? `The request is not valid: ${shortened(first.field)} ${first.message}.` : 'The request is not valid.',
    action: 'Correct the named fields and send it again.',
    fields: fields.slice(0, namedFields).map(({ field, message }) => ({ field: shortened(field), message })),
  });
}

const shortened = (field: string): string => (field.length > longestName ? `${field.slice(0, longestName)}…` : field);
