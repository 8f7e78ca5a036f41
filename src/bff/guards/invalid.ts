import type { FieldProblem } from '../../contract/query.ts';
import { Problem } from '../problem.ts';

/** The report for a request whose parts are named but wrong. */
export function invalid(fields: readonly FieldProblem[]): Problem {
  const first = fields[0];
  return new Problem({
    code: 'invalid_request',
    message: first ? `The request is not valid: ${first.field} ${first.message}.` : 'The request is not valid.',
    action: 'Correct the named fields and send it again.',
    fields,
  });
}
