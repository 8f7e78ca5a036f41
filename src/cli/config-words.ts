import type { Config } from '../bff/node/config.ts';

/** The configuration as Canopy understood it, a line each, without a secret. */
export function configWords(config: Config): string[] {
  const { cloudflare, sandbox } = config;
  const { token, key } = cloudflare.credentials ?? { token: null, key: null };
  const secret = (is: unknown) => (is ? '[secret]' : '(none)');
  const values: readonly (readonly [string, string | number])[] = [
    ['HOST', config.host],
    ['PORT', config.port],
    ['CANOPY_PUBLIC_URL', config.publicUrl?.origin ?? '(the address Canopy listens at)'],
    ['CANOPY_DATA_DIR', config.dataDir],
    ['CANOPY_LOG', config.logLevel],
    ['CANOPY_SESSION_IDLE_MINUTES', config.session.idle / 60_000],
    ['CANOPY_SESSION_HOURS', config.session.absolute / 3_600_000],
    ['CLOUDFLARE_BASE_URL', cloudflare.baseUrl],
    ['CLOUDFLARE_API_TOKEN', secret(token)],
    ['CLOUDFLARE_EMAIL', key ? key.email : '(none)'],
    ['CLOUDFLARE_API_KEY', secret(key)],
    ['SANDBOX_PORT', sandbox.port],
    ['SANDBOX_PROFILE', sandbox.profile],
    ['SANDBOX_SEED', sandbox.seed],
    ['SANDBOX_NOW', sandbox.now === null ? '(the machine’s clock)' : new Date(sandbox.now).toISOString()],
    ['SANDBOX_TOKEN', '[secret]'],
    ['SANDBOX_EMAIL', sandbox.credentials.email],
    ['SANDBOX_KEY', '[secret]'],
  ];
  const upstream = cloudflare.credentials ? new URL(cloudflare.baseUrl).host : 'the embedded sandbox';
  return [
    ...values.map(([name, value]) => `${name}=${value}`),
    ...config.warnings,
    `The configuration is valid. Canopy would talk to ${upstream}.`,
  ];
}
