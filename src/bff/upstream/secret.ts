/** A credential's text. It never prints: not in a template, not in JSON, not in an inspected object or a log. */
export class Secret {
  readonly #text: string;
  constructor(text: string) {
    this.#text = text;
  }
  /** The text itself, for the one header it belongs in. */
  reveal(): string {
    return this.#text;
  }
  toString(): string {
    return mask;
  }
  toJSON(): string {
    return mask;
  }
  get [Symbol.toStringTag](): string {
    return mask;
  }
  /** Node's `util.inspect` looks for this registered symbol. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return mask;
  }
}

const mask = '[secret]';

/**
 * Texts shaped like a Cloudflare token (new and old form), a Global API key (new and old form), a bearer header, an
 * `X-Auth-Key` header or a signed JWT. Each alternative is linear.
 */
const shapes =
  /\bcf(?:k|ut|at|oat)_[A-Za-z0-9_-]{16,}|\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*|\bBearer\s+[^\s"',}]{8,}|(?<=x-auth-key["'\s:=]{1,6})[^\s"',}]{8,}|\b[0-9a-f]{37,45}\b|(?<![\w-])[\w-]{40}(?![\w-])/gi;

/** Replaces everything that looks like a credential; for text that goes into logs. */
export function redact(text: string): string {
  return text.replace(shapes, '[redacted]');
}

/** Says whether a text contains one of the secrets, as it is or as a header or a URL would encode it. */
export class LeakGuard {
  readonly #needles: readonly string[];
  /** Characters to keep between two chunks so that a secret cut in two is still seen. */
  readonly overlap: number;
  constructor(secrets: readonly Secret[]) {
    const needles = new Set<string>();
    for (const secret of secrets) {
      const text = secret.reveal();
      needles.add(text).add(encodeURIComponent(text)).add(JSON.stringify(text).slice(1, -1));
      for (const alignment of base64Cores(text)) needles.add(alignment);
    }
    this.#needles = [...needles];
    this.overlap = Math.max(0, ...this.#needles.map((needle) => needle.length - 1));
  }
  leaks(text: string): boolean {
    return this.#needles.some((needle) => text.includes(needle));
  }
}

/** The characters of the base64 form that do not depend on what stands around the text, for each of three alignments. */
function base64Cores(text: string): string[] {
  const bytes = new TextEncoder().encode(text);
  return [0, 1, 2].map((shift) => {
    const whole = btoa(String.fromCharCode(...new Uint8Array(shift), ...bytes));
    const start = Math.ceil((shift * 8) / 6);
    const end = Math.floor(((shift + bytes.length) * 8) / 6);
    return whole.slice(start, end);
  });
}
