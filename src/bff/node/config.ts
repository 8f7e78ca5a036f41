import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Credentials } from '../upstream/credentials.ts';
import type { SessionLimits } from '../session/sessions.ts';
import { mostDaysPerCall } from '../spend/reading/pace.ts';
import { Secret } from '../upstream/secret.ts';
import { unknownNames } from './config-names.ts';
import type { ConfigName } from './config-names.ts';
import { ConfigProblem } from './config-problem.ts';

export { ConfigProblem };

export type LogLevel = 'silent' | 'error' | 'warn' | 'info' | 'debug';
const logLevels: readonly LogLevel[] = ['silent', 'error', 'warn', 'info', 'debug'];
const profiles = ['demo', 'tiny', 'enterprise', 'distributor-max'] as const;
export type SandboxProfile = (typeof profiles)[number];

/** What the environment says, checked. Secrets print as `[secret]`. */
export interface Config {
  host: string;
  /** 0 for any free port. */
  port: number;
  /** The origin people type; null: the address Canopy listens at. */
  publicUrl: URL | null;
  dataDir: string;
  logLevel: LogLevel;
  /** When a session ends by itself, in milliseconds. */
  session: SessionLimits;
  /** Days of usage that one call may bring, at most. */
  usageDaysPerCall: number;
  cloudflare: {
    baseUrl: string;
    /** Null where none is configured: then the sandbox takes Cloudflare's place. */
    credentials: Credentials | null;
  };
  sandbox: {
    port: number;
    profile: SandboxProfile;
    seed: number;
    /** Milliseconds since 1970 at which the sandbox's clock stands still, or null for the machine's. */
    now: number | null;
    credentials: { token: string; email: string; key: string };
  };
  /** What works but should be looked at, one sentence each. */
  warnings: readonly string[];
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads the configuration; every problem is named at once, in one sentence each, and no secret is repeated. */
export function readConfig(environment: Environment): Config {
  if (environment['NODE_TLS_REJECT_UNAUTHORIZED'] === '0')
    throw new ConfigProblem(['NODE_TLS_REJECT_UNAUTHORIZED=0 switches off the check of certificates; unset it.']);
  const reader = new Reader(environment);
  const host = reader.host();
  const credentials = reader.credentials();
  const config: Config = {
    host,
    port: reader.port('PORT', 4400),
    publicUrl: reader.publicUrl(host),
    dataDir: resolve(reader.text('CANOPY_DATA_DIR') ?? './data'),
    logLevel: reader.oneOf('CANOPY_LOG', logLevels, 'warn'),
    session: {
      idle: reader.whole('CANOPY_SESSION_IDLE_MINUTES', 30, [5, 240]) * 60_000,
      absolute: reader.whole('CANOPY_SESSION_HOURS', 8, [1, 24]) * 3_600_000,
    },
    usageDaysPerCall: reader.whole('CANOPY_USAGE_DAYS_PER_CALL', 1, [1, mostDaysPerCall]),
    cloudflare: { baseUrl: reader.baseUrl(), credentials },
    sandbox: {
      port: reader.port('SANDBOX_PORT', 4401),
      profile: reader.oneOf('SANDBOX_PROFILE', profiles, 'demo'),
      seed: reader.seed(),
      now: reader.time('SANDBOX_NOW'),
      credentials: {
        token: reader.sandboxCredential('SANDBOX_TOKEN') ?? 'sandbox-token',
        email: reader.email('SANDBOX_EMAIL', reader.headerText('SANDBOX_EMAIL')) ?? 'sandbox@example.com',
        key: reader.sandboxCredential('SANDBOX_KEY') ?? 'sandbox-key',
      },
    },
    warnings: reader.warnings,
  };
  const problems = [...reader.problems, ...unknownNames(Object.keys(environment))];
  if (problems.length > 0) throw new ConfigProblem(problems);
  return config;
}

/** Whether a host name or address can only be reached from this machine. */
export const isLoopback = (host: string): boolean => /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/.test(host);

class Reader {
  readonly problems: string[] = [];
  readonly warnings: string[] = [];
  readonly #environment: Environment;

  constructor(environment: Environment) {
    this.#environment = environment;
  }

  /** The text of a variable; empty is the same as not set. */
  text(name: ConfigName): string | null {
    return this.#environment[name] || null;
  }

  oneOf<T extends string>(name: ConfigName, values: readonly T[], otherwise: T): T {
    const text = this.text(name);
    if (text === null) return otherwise;
    const value = values.find((one) => one === text);
    if (value === undefined) this.problems.push(`${name} must be one of ${values.join(', ')}.`);
    return value ?? otherwise;
  }

  port(name: 'PORT' | 'SANDBOX_PORT', otherwise: number): number {
    const text = this.text(name);
    if (text === null) return otherwise;
    if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
    this.problems.push(`${name} must be a port number from 0 to 65535; 0 takes any free one.`);
    return otherwise;
  }

  whole(name: ConfigName, otherwise: number, [least, most]: readonly [number, number]): number {
    const text = this.text(name);
    if (text === null) return otherwise;
    if (/^\d{1,6}$/.test(text) && Number(text) >= least && Number(text) <= most) return Number(text);
    this.problems.push(`${name} must be a whole number from ${least} to ${most}.`);
    return otherwise;
  }

  seed(): number {
    const text = this.text('SANDBOX_SEED');
    if (text === null) return 1;
    if (/^\d{1,9}$/.test(text)) return Number(text);
    this.problems.push('SANDBOX_SEED must be a whole number of at most nine digits.');
    return 1;
  }

  time(name: 'SANDBOX_NOW'): number | null {
    const text = this.text(name);
    if (text === null) return null;
    const time = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?$/.test(text)
      ? Date.parse(text)
      : Number.NaN;
    if (!Number.isNaN(time)) return time;
    this.problems.push(`${name} must be a time with its zone, such as 2026-11-22T14:02:00Z.`);
    return null;
  }

  host(): string {
    const text = this.text('HOST') ?? '127.0.0.1';
    if (/^[A-Za-z0-9.:-]{1,253}$/.test(text)) return text;
    this.problems.push('HOST must be a host name or an IP address.');
    return '127.0.0.1';
  }

  publicUrl(host: string): URL | null {
    const text = this.text('CANOPY_PUBLIC_URL');
    const url = text === null ? null : parseUrl(text);
    if (text !== null && (!url || !isOrigin(url) || !/^https?:$/.test(url.protocol))) {
      this.problems.push('CANOPY_PUBLIC_URL must be an origin and nothing more, such as https://canopy.example.com.');
      return null;
    }
    if (url?.protocol === 'http:' && !isLoopback(url.hostname))
      this.problems.push('CANOPY_PUBLIC_URL must begin with https://, because sign-in over http can be read on the way.');
    else if (!isLoopback(host) && url?.protocol !== 'https:')
      this.problems.push(
        `HOST ${host} can be reached from other machines: set CANOPY_PUBLIC_URL to the https:// address people type, or unset HOST.`,
      );
    return url;
  }

  baseUrl(): string {
    const text = this.text('CLOUDFLARE_BASE_URL') ?? 'https://api.cloudflare.com/client/v4';
    const url = parseUrl(text);
    if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password || url.search || url.hash) {
      this.problems.push('CLOUDFLARE_BASE_URL must be a plain URL, such as https://api.cloudflare.com/client/v4.');
      return '';
    }
    if (url.protocol === 'http:' && !isLoopback(url.hostname))
      this.problems.push(
        'CLOUDFLARE_BASE_URL must begin with https:// unless it is on this machine: the credential travels over it.',
      );
    return url.href.replace(/\/+$/, '');
  }

  credentials(): Credentials | null {
    const token = this.#secret('CLOUDFLARE_API_TOKEN', 'CLOUDFLARE_API_TOKEN_FILE');
    const email = this.#secret('CLOUDFLARE_EMAIL', 'CLOUDFLARE_EMAIL_FILE');
    const key = this.#secret('CLOUDFLARE_API_KEY', 'CLOUDFLARE_API_KEY_FILE');
    if (email && !key) this.problems.push('CLOUDFLARE_EMAIL is set without CLOUDFLARE_API_KEY; a Global API key needs both.');
    if (key && !email) this.problems.push('CLOUDFLARE_API_KEY is set without CLOUDFLARE_EMAIL; a Global API key needs both.');
    this.email('CLOUDFLARE_EMAIL', email);
    for (const [name, secret] of [
      ['CLOUDFLARE_API_TOKEN', token],
      ['CLOUDFLARE_API_KEY', key],
    ] as const)
      if (secret && secret.length < shortestCredential)
        this.problems.push(`${name} is shorter than any credential of Cloudflare.`);
    if (!token && !(email && key)) return null;
    return { token: token ? new Secret(token) : null, key: email && key ? { email, key: new Secret(key) } : null };
  }

  /** A text that an HTTP header can carry. */
  headerText(name: ConfigName): string | null {
    const text = this.text(name);
    return text === null || this.#fitsHeader(name, text) ? text : null;
  }

  email(name: ConfigName, text: string | null): string | null {
    if (text !== null && !/^[^@]+@[^@]+$/.test(text)) this.problems.push(`${name} must be an e-mail address.`);
    return text;
  }

  /** What the sandbox will take for a credential. A shorter one would stand in too many answers by chance, which are thrown away then. */
  sandboxCredential(name: ConfigName): string | null {
    const text = this.headerText(name);
    if (text !== null && !/^[A-Za-z0-9_-]{8,512}$/.test(text))
      this.problems.push(`${name} must have at least eight characters, all of them letters, digits, - or _.`);
    return text;
  }

  #secret(name: ConfigName, fileName: ConfigName): string | null {
    const path = this.text(fileName);
    if (path === null) return this.headerText(name);
    if (this.text(name) !== null) {
      this.problems.push(`${name} and ${fileName} are both set; keep one.`);
      return null;
    }
    const text = this.#fileText(fileName, path);
    return text !== null && this.#fitsHeader(fileName, text) ? text : null;
  }

  #fileText(name: ConfigName, path: string): string | null {
    try {
      const readable = statSync(path).mode & 0o077;
      if (readable !== 0) this.warnings.push(`The file of ${name} can be read by other users of this machine; chmod 600 it.`);
      const text = readFileSync(path, 'utf8').trim();
      if (text === '') this.problems.push(`The file of ${name} is empty.`);
      return text || null;
    } catch (error) {
      const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
      this.problems.push(`The file of ${name} cannot be read (${reason}).`);
      return null;
    }
  }

  #fitsHeader(name: ConfigName, text: string): boolean {
    if (/^[!-~]{1,512}$/.test(text)) return true;
    this.problems.push(`${name} holds a character that a credential never has, such as a space or a line break, or is too long.`);
    return false;
  }
}

/** A credential that is found in an answer makes Canopy throw the answer away, so it must not be there by chance. */
const shortestCredential = 8;

function parseUrl(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}

function isOrigin(url: URL): boolean {
  return url.pathname === '/' && !url.search && !url.hash && !url.username && !url.password;
}
