import { pino } from 'pino';
import type { Log } from '../services.ts';
import { redact } from '../upstream/secret.ts';
import type { LogLevel } from './config.ts';

/** Keys whose values never go into a log, whatever they hold. */
const unspeakable =
  /^(authorization|x-auth-key|x-auth-email|cookie|set-cookie|token|key|secret|password|ticket|apikey|api_key|business_\w+|external_metadata)$/i;
const deepest = 8;

/**
 * The code of a failure says what is wrong: a word of ours, of Node or of the database, or a number of Cloudflare. The
 * code of a sign-in link goes by the same name; it is longer than any of those and mixes what they do not mix.
 */
const errorCode = /^(?=.{1,40}$)(?:[a-z][a-z0-9]*(?:_[a-z0-9]+)*|[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*|\d{1,6})$/;

/** JSON lines, one a fact. Values are masked by the name of their key, and again by what they look like. */
export function createLog(level: LogLevel, write: (line: string) => void = (line) => void process.stderr.write(line)): Log {
  const logger = pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { log: (facts) => masked(facts, 0) as Record<string, unknown> }, // an object stays an object
      serializers: { err: (error: unknown) => error },
    },
    { write: (line) => write(redact(line)) },
  );
  return {
    info: (facts, message) => logger.info(facts, message),
    warn: (facts, message) => logger.warn(facts, message),
    error: (facts, message) => logger.error(facts, message),
  };
}

function masked(value: unknown, depth: number): unknown {
  if (value instanceof Error) return masked(plainError(value), depth);
  if (typeof value !== 'object' || value === null) return typeof value === 'string' ? value.slice(0, 4096) : value;
  if ('toJSON' in value && typeof value.toJSON === 'function') return value.toJSON() as unknown; // a secret masks itself this way
  if (depth >= deepest) return '[deeper]';
  if (Array.isArray(value)) return value.slice(0, 100).map((item) => masked(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, isUnspeakable(name, inner) ? '[redacted]' : masked(inner, depth + 1)]),
  );
}

function isUnspeakable(name: string, value: unknown): boolean {
  if (/^code$/i.test(name)) return typeof value !== 'number' && !(typeof value === 'string' && errorCode.test(value));
  return unspeakable.test(name);
}

function plainError(error: Error): Record<string, unknown> {
  const { name, message, stack, cause } = error;
  const code = 'code' in error ? { code: error.code } : {};
  return { type: name, message, stack, ...code, ...(cause === undefined ? {} : { cause }) };
}
