const minute = 60_000;
/** From here on a person is told. */
const told = 5 * minute;

export interface SessionEnd {
  at: string;
  /** Whether using Canopy puts the end off. */
  canStay: boolean;
}

interface Times {
  idleExpiresAt: string;
  absoluteExpiresAt: string;
}

/** The end of a session, where it is near; null where there is time. Times of a clock that stands still are never near. */
export function nearEnd({ idleExpiresAt, absoluteExpiresAt }: Times, now: number): SessionEnd | null {
  const canStay = Date.parse(idleExpiresAt) < Date.parse(absoluteExpiresAt);
  const at = canStay ? idleExpiresAt : absoluteExpiresAt;
  const left = Date.parse(at) - now;
  return left > 0 && left <= told ? { at, canStay } : null;
}

/** Milliseconds until it is worth asking again: just when the end is near, and often from then on. */
export function untilNextLook({ idleExpiresAt, absoluteExpiresAt }: Times, now: number): number {
  const left = Math.min(Date.parse(idleExpiresAt), Date.parse(absoluteExpiresAt)) - now;
  return Math.min(Math.max(left - told + 1_000, 30_000), 10 * minute);
}
