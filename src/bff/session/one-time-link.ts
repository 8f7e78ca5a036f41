import { Problem } from '../problem.ts';
import type { Person } from '../services.ts';
import { digestOf, newSessionId } from './session-id.ts';
import type { SignInBody, SignInMethod } from './sign-in-method.ts';

/** Whoever reads the terminal that Canopy was started in. */
const operator: Person = { id: 'operator', name: 'Operator', email: null, role: 'administrator', scope: null };

/** Sign-in with a link that Canopy prints. Each works once; the next one is printed when it was used. */
export class OneTimeLink implements SignInMethod {
  readonly name = 'link';
  readonly #publicUrl: URL;
  readonly #print: (link: string) => void;
  #digest: Promise<string>;
  /** The link that works now. */
  #link: string;

  constructor(publicUrl: URL, print: (link: string) => void) {
    this.#publicUrl = publicUrl;
    this.#print = print;
    [this.#link, this.#digest] = this.#next();
  }

  /** The link to print when Canopy is ready. */
  get link(): string {
    return this.#link;
  }

  options() {
    return { method: 'link' } as const;
  }

  async prove(body: SignInBody): Promise<string> {
    const offered = 'code' in body ? await digestOf(body.code) : '';
    const current = this.#digest;
    // digests are compared, so the time it takes says nothing about the code; and whoever finds the link
    // already changed was the second to use it
    if (offered !== (await current) || current !== this.#digest)
      throw new Problem({
        code: 'not_signed_in',
        message: 'This link has been used, or it belongs to an earlier start of Canopy.',
        action: 'Open the newest sign-in link in the terminal that Canopy was started in.',
      });
    [this.#link, this.#digest] = this.#next();
    this.#print(this.#link);
    return operator.id;
  }

  person(subject: string): Person | null {
    return subject === operator.id ? operator : null;
  }

  /** The code stands after `#`, so browsers send it to no server and no log keeps it. */
  #next(): [string, Promise<string>] {
    const code = newSessionId();
    return [new URL(`/sign-in#code=${code}`, this.#publicUrl).href, digestOf(code)];
  }
}
