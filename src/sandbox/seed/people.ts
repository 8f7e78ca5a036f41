/** Somebody with a Cloudflare user. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  /** Null is unknown. */
  readonly twoFactor: boolean | null;
}
