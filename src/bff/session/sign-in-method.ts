import type { BodyOf } from '../../contract/endpoint.ts';
import type { signIn, SignInOptions } from '../../contract/canopy/session.ts';
import type { Person } from '../services.ts';

export type SignInBody = BodyOf<typeof signIn>;

/**
 * One way to know who someone is. A session stores only the subject; the person behind it is asked for again on every
 * request, so a changed role counts at once. OpenID Connect and Cloudflare Access are two more of these.
 */
export interface SignInMethod {
  readonly name: SignInOptions['method'];
  /** What the sign-in page shows. Never waits for upstream. */
  options(): SignInOptions;
  /** The subject that the body proves, or a thrown `Problem`. */
  prove(body: SignInBody): Promise<string>;
  /** The person as they are now, or null where the subject may no longer come in. */
  person(subject: string): Person | null;
}
