import { answer } from '../answer.ts';
import { endpoint } from '../endpoint.ts';
import type { CredentialKind } from '../endpoint.ts';
import type { UpstreamMessage } from '../envelope.ts';
import type { Mode } from './session.ts';

export interface Operation {
  /** The name of the contract's row. */
  name: string;
  /** What it does, verb and noun. */
  title: string;
  effect: 'read' | 'write';
  credential: CredentialKind;
  /** Whether a configured credential fits, before anything is sent. */
  available: boolean;
  /** Why it is not available, and what would make it so. */
  reason: string | null;
}

export interface Capabilities {
  mode: Mode;
  upstreamHost: string;
  credentials: { token: boolean; key: boolean };
  operations: readonly Operation[];
  budget: { limit: number; remaining: number; windowSeconds: number; closedUntil: string | null };
}

/** What the configured credentials can do by their kind. Nothing is sent upstream. */
export const getCapabilities = endpoint({
  name: 'getCapabilities',
  method: 'GET',
  path: '/canopy/capabilities',
  params: {},
  query: {},
  body: null,
  result: answer<Capabilities>(),
  paging: 'none',
  credential: 'none',
  permission: 'signed-in',
  effect: 'read',
});

export interface Probe {
  name: string;
  title: string;
  credential: CredentialKind;
  /** `not-probed`: a write, or a read that needs an object we do not have. */
  outcome: 'works' | 'refused' | 'failed' | 'unavailable' | 'not-probed';
  reason: string | null;
  status: number | null;
  errors: readonly UpstreamMessage[];
  rayId: string | null;
  /** Milliseconds until the answer. */
  duration: number | null;
}

/** The credential doctor: asks upstream one small read for each operation that has one. */
export const runDoctor = endpoint({
  name: 'runDoctor',
  method: 'GET',
  path: '/canopy/doctor',
  params: {},
  query: {},
  body: null,
  result: answer<{ probes: readonly Probe[]; at: string }>(),
  paging: 'none',
  credential: 'none',
  permission: 'credentials:read',
  effect: 'read',
});
