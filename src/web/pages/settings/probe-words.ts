/** What the doctor found, counted and said. */
import type { Probe } from '../../../contract/canopy/capabilities.ts';
import type { CredentialKind } from '../../../contract/endpoint.ts';
import type { StripState } from '../../ui/Strip.tsx';

export type Outcome = Probe['outcome'];
export const outcomes: readonly Outcome[] = ['works', 'refused', 'failed', 'unavailable', 'not-probed'];

export const outcomeTitles: Readonly<Record<Outcome, string>> = {
  works: 'Works',
  refused: 'Refused',
  failed: 'Failed',
  unavailable: 'Unavailable',
  'not-probed': 'Not probed',
};

export const outcomeCells: Readonly<Record<Outcome, StripState>> = {
  works: 'done',
  refused: 'failed',
  failed: 'warning',
  unavailable: 'missing',
  'not-probed': 'waiting',
};

export const credentialTitles: Readonly<Record<CredentialKind, string>> = {
  token: 'API token, or e-mail and key',
  key: 'E-mail and Global API key',
  none: 'Canopy itself',
};

export type Tally = readonly { outcome: Outcome; count: number }[];

/** How many operations had each outcome; those that none had are left out. */
export function tallyOf(probes: readonly Probe[]): Tally {
  return outcomes
    .map((outcome) => ({ outcome, count: probes.filter((probe) => probe.outcome === outcome).length }))
    .filter(({ count }) => count > 0);
}

/** "11 work, 2 refused, 9 not probed". */
export function tallyWords(tally: Tally): string {
  const words: Readonly<Record<Outcome, (count: number) => string>> = {
    works: (count) => (count === 1 ? 'works' : 'work'),
    refused: () => 'refused',
    failed: () => 'failed',
    unavailable: () => 'unavailable',
    'not-probed': () => 'not probed',
  };
  return tally.map(({ outcome, count }) => `${count} ${words[outcome](count)}`).join(', ');
}

/** What upstream said, as it said it: `403 · 10000 Authentication error`. */
export function saidBy({ status, errors }: Pick<Probe, 'status' | 'errors'>): string {
  const [first] = errors;
  const said = [first?.code, first?.message].filter((part) => part !== undefined && part !== '').join(' ');
  return [status, said].filter((part) => part !== null && part !== '').join(' · ');
}
