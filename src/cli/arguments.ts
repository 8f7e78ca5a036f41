import { ConfigProblem } from '../bff/node/config-problem.ts';

/**
 * The one thing that may stand behind `npm start`. Nothing that is given there is repeated: people try to hand over
 * credentials this way, where every user of the machine can read them.
 */
export function readArguments(words: readonly string[]): { checkConfig: boolean } {
  const others = words.filter((word) => word !== '--check-config');
  requireNoArguments(others);
  return { checkConfig: words.length > 0 };
}

/** Refuses whatever stands behind a command that takes nothing. */
export function requireNoArguments(others: readonly string[]): void {
  if (others.length === 0) return;
  const name = /^--?[a-z][a-z-]{0,30}/.exec(others[0] ?? '')?.[0];
  throw new ConfigProblem([
    `Canopy takes no argument ${name ? `like ${name}` : 'of this kind'}: its settings are environment variables, listed in the README; npm start -- --check-config shows them.`,
    'A credential belongs into a file that CLOUDFLARE_API_TOKEN_FILE or CLOUDFLARE_API_KEY_FILE names. If one stood in this command, others may have read it: roll it.',
  ]);
}
