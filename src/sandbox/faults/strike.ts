import * as bent from './bent.ts';
import type { Exchange, FaultAction } from './exchange.ts';
import * as oversized from './oversized.ts';
import type { Strike } from './register.ts';
import * as replaced from './replaced.ts';
import type { Fault, FaultKind } from './rules.ts';
import * as wire from './wire.ts';

/** What each kind of fault does: leaving one out does not compile. */
const actions: { readonly [K in FaultKind]: FaultAction<K> } = {
  latency: replaced.latency,
  drip: wire.drip,
  throttle: replaced.throttle,
  throttle_in_200: replaced.throttleIn200,
  denied: replaced.denied,
  unauthorized: replaced.unauthorized,
  status: replaced.status,
  edge_error: replaced.edge,
  stall_headers: wire.stallHeaders,
  stall_body: wire.stallBody,
  truncate: wire.truncate,
  reset: wire.reset,
  redirect: replaced.redirect,
  bad_json: bent.badJson,
  unknown_enum: bent.unknownEnum,
  wording: bent.wording,
  shape: bent.shape,
  paging: bent.paging,
  endless_body: oversized.endlessBody,
  bomb: oversized.bomb,
  lying_encoding: oversized.lyingEncoding,
  heavy_json: oversized.heavyJson,
  echo: bent.echo,
  huge_headers: oversized.hugeHeaders,
  partial_batch: replaced.partialBatch,
};

/** Lets a fault answer a request. */
export function answerWithFault(strike: Strike, exchange: Exchange): Promise<Response> {
  // the table maps each kind to the action of that kind, which an indexed access cannot express
  const action = actions[strike.fault.kind] as (fault: Fault, exchange: Exchange, strike: Strike) => Promise<Response>;
  return action(strike.fault, exchange, strike);
}
