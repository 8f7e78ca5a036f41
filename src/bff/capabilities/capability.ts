import type { Operation } from '../../contract/canopy/capabilities.ts';
import { cloudflareEndpoints } from '../../contract/endpoints.ts';
import type { CloudflareEndpointName } from '../../contract/endpoints.ts';
import type { Endpoint } from '../../contract/endpoint.ts';
import type { Capability, Clock, Frame, Upstream } from '../services.ts';
import { probeAll } from './doctor.ts';
import type { Credentials } from '../upstream/credentials.ts';
import { operationTitles } from './titles.ts';

interface Parts {
  frame: Frame;
  upstream: Upstream;
  clock: Clock;
  /** The credentials in use at the moment. */
  credentials: () => Credentials;
}

/** What the configured credentials can do: by their kind at once, and by asking upstream. */
export function createCapability(parts: Parts): Capability {
  const { frame, upstream } = parts;
  return {
    capabilities: () => ({
      mode: frame.mode,
      upstreamHost: frame.upstreamHost,
      credentials: { token: parts.credentials().token !== null, key: parts.credentials().key !== null },
      operations: Object.entries<Endpoint>(cloudflareEndpoints).map(([name, row]) => operation(name, row, upstream)),
      budget: upstream.budget(),
    }),
    doctor: (asking) => probeAll(parts, asking),
  };
}

function operation(name: string, row: Endpoint, upstream: Upstream): Operation {
  const fit = upstream.availability(row);
  return {
    name,
    title: operationTitles[name as CloudflareEndpointName], // the names are those of the same table
    effect: row.effect,
    credential: row.credential,
    available: fit.available,
    reason: fit.available ? null : fit.reason,
  };
}
