import { isSessionId } from './session-id.ts';

/** The cookie that carries a session's id. The `__Host-` prefix, which pins it to one origin, needs https. */
export class SessionCookie {
  readonly name: string;
  readonly #attributes: string;

  constructor(https: boolean) {
    this.name = https ? '__Host-canopy-session' : 'canopy-session';
    this.#attributes = `Path=/; HttpOnly; SameSite=Strict${https ? '; Secure' : ''}`;
  }

  /** The id a `Cookie` header carries. A cookie that is there twice was planted by someone: then none counts. */
  read(header: string | null): { id: string | null; sent: boolean } {
    const values = (header ?? '')
      .split(';')
      .map((pair) => pair.trim())
      .filter((pair) => pair.startsWith(`${this.name}=`))
      .map((pair) => pair.slice(this.name.length + 1));
    const only = values.length === 1 ? values[0] : undefined;
    return { id: only !== undefined && isSessionId(only) ? only : null, sent: values.length > 0 };
  }

  /** The `Set-Cookie` value that gives a browser this session. */
  give(id: string): string {
    return `${this.name}=${id}; ${this.#attributes}`;
  }

  /** The `Set-Cookie` value that takes it away. */
  take(): string {
    return `${this.name}=; Max-Age=0; ${this.#attributes}`;
  }
}
