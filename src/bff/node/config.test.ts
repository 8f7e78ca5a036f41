import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ConfigProblem, readConfig } from './config.ts';

const canary = 'cfut_CANARY0123456789abcdefghijklmnopqrstuvwx';

/** What is said about an environment that must be refused. */
function refusal(environment: Record<string, string>): string {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof ConfigProblem) return error.message;
    throw error;
  }
  throw new Error('it was accepted');
}

describe('the configuration', () => {
  test('has a default for everything', () => {
    expect(readConfig({ PATH: '/usr/bin', HOME: '/root' })).toMatchObject({
      host: '127.0.0.1',
      port: 4400,
      publicUrl: null,
      usageDaysPerCall: 1,
      cloudflare: { baseUrl: 'https://api.cloudflare.com/client/v4', credentials: null },
      sandbox: {
        port: 4401,
        profile: 'demo',
        now: null,
        credentials: { token: 'sandbox-token', email: 'sandbox@example.com', key: 'sandbox-key' },
      },
      warnings: [],
    });
  });

  test('reads every variable', () => {
    const config = readConfig({
      HOST: '0.0.0.0',
      PORT: '0',
      CANOPY_PUBLIC_URL: 'https://canopy.example.com',
      CANOPY_DATA_DIR: '/var/lib/canopy',
      CANOPY_LOG: 'silent',
      CANOPY_SESSION_IDLE_MINUTES: '15',
      CANOPY_SESSION_HOURS: '24',
      CANOPY_USAGE_DAYS_PER_CALL: '7',
      CLOUDFLARE_API_TOKEN: canary,
      CLOUDFLARE_EMAIL: 'admin@example.com',
      CLOUDFLARE_API_KEY: 'some-key',
      CLOUDFLARE_BASE_URL: 'http://127.0.0.1:9/client/v4/',
      SANDBOX_PORT: '0',
      SANDBOX_PROFILE: 'enterprise',
      SANDBOX_SEED: '7',
      SANDBOX_NOW: '2026-11-22T14:02:00Z',
      SANDBOX_TOKEN: 'another-token',
      SANDBOX_EMAIL: 'e@example.com',
      SANDBOX_KEY: 'another-key',
    });
    expect(config).toMatchObject({ host: '0.0.0.0', port: 0, dataDir: '/var/lib/canopy', logLevel: 'silent' });
    expect(config.session).toEqual({ idle: 900_000, absolute: 86_400_000 });
    expect(config.usageDaysPerCall).toBe(7);
    expect(config.publicUrl?.origin).toBe('https://canopy.example.com');
    expect(config.cloudflare.baseUrl).toBe('http://127.0.0.1:9/client/v4');
    expect(config.cloudflare.credentials?.token?.reveal()).toBe(canary);
    expect(config.sandbox).toEqual({
      port: 0,
      profile: 'enterprise',
      seed: 7,
      now: Date.UTC(2026, 10, 22, 14, 2),
      credentials: { token: 'another-token', email: 'e@example.com', key: 'another-key' },
    });
    for (const text of [inspect(config, { depth: 9 }), JSON.stringify(config), String(config.cloudflare.credentials?.token)])
      expect(text).not.toContain(canary);
  });

  test.each([
    ['PORT', 'eighty'],
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['SANDBOX_PORT', '1e3'],
    ['HOST', 'a b'],
    ['HOST', '0.0.0.0'],
    ['SANDBOX_PROFILE', 'huge'],
    ['SANDBOX_SEED', '1.5'],
    ['SANDBOX_TOKEN', 'x'],
    ['SANDBOX_KEY', 'not!a!key'],
    ['SANDBOX_EMAIL', 'nobody'],
    ['CLOUDFLARE_API_TOKEN', 'short'],
    ['SANDBOX_NOW', 'yesterday'],
    ['SANDBOX_NOW', '2026-13-01T00:00:00Z'],
    ['CANOPY_LOG', 'loud'],
    ['CANOPY_SESSION_IDLE_MINUTES', '0'],
    ['CANOPY_SESSION_HOURS', '48'],
    ['CANOPY_USAGE_DAYS_PER_CALL', '0'],
    ['CANOPY_USAGE_DAYS_PER_CALL', '31'],
    ['CANOPY_PUBLIC_URL', 'canopy.example.com'],
    ['CANOPY_PUBLIC_URL', 'https://canopy.example.com/console'],
    ['CANOPY_PUBLIC_URL', 'http://canopy.example.com'],
    ['CLOUDFLARE_BASE_URL', 'http://10.0.0.1/client/v4'],
    ['CLOUDFLARE_BASE_URL', 'ftp://api.cloudflare.com'],
    ['CLOUDFLARE_BASE_URL', 'https://user:pass@api.cloudflare.com'],
    ['CLOUDFLARE_EMAIL', 'admin@example.com'],
    ['CLOUDFLARE_API_KEY', 'some-key'],
    ['CLOUDFLARE_API_TOKEN_FILE', '/nowhere/token'],
    ['NODE_TLS_REJECT_UNAUTHORIZED', '0'],
  ])('refuses %s=%s in one sentence that names it', (name, value) => {
    const sentence = refusal({ [name]: value });
    expect(sentence).toContain(name);
    expect(sentence.split('\n')).toHaveLength(1);
    expect(sentence).toMatch(/[.?]$/);
  });

  test('takes a public http address only on this machine', () => {
    expect(readConfig({ CANOPY_PUBLIC_URL: 'http://localhost:4400' }).publicUrl?.host).toBe('localhost:4400');
    expect(refusal({ HOST: '0.0.0.0', CANOPY_PUBLIC_URL: 'http://localhost:4400' })).toContain('https://');
  });

  test.each(['CLOUDFLARE_API_TOKEN', 'CLOUDFLARE_API_KEY', 'SANDBOX_TOKEN'])('never repeats %s', (name) => {
    const sentence = refusal({
      [name]: `${canary}\nX-Evil: 1`,
      CLOUDFLARE_EMAIL: 'a@example.com',
      CLOUDFLARE_API_KEY: 'k',
      [name]: `${canary}\u0000`,
    });
    expect(sentence).toContain(name);
    expect(sentence).not.toContain(canary);
  });

  test.each([
    ['CANOPY_DATADIR', 'CANOPY_DATA_DIR'],
    ['CLOUDFLARE_API_TOKEM', 'CLOUDFLARE_API_TOKEN'],
    ['SANDBOX_PROFIL', 'SANDBOX_PROFILE'],
    ['CANOPY_PUBLIC_URI', 'CANOPY_PUBLIC_URL'],
  ])('takes %s for a typing error', (name, meant) => {
    expect(refusal({ [name]: 'x' })).toBe(`${name} is not a variable of Canopy; did you mean ${meant}?`);
  });

  test('leaves variables of other programs alone', () => {
    readConfig({ CLOUDFLARE_ACCOUNT_ID: 'x', CANOPY_BROWSER: '/usr/bin/chromium', PORTAL: '1' });
  });

  test('names all problems at once', () => {
    expect(refusal({ PORT: 'x', CANOPY_LGO: 'y', CLOUDFLARE_EMAIL: 'a@example.com' }).split('\n')).toHaveLength(3);
  });
});

describe('a credential in a file', () => {
  let folder = '';
  beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'canopy-config-'))));
  afterAll(() => rm(folder, { recursive: true, force: true }));
  const write = async (name: string, text: string, mode: number) => {
    await writeFile(join(folder, name), text);
    await chmod(join(folder, name), mode);
    return join(folder, name);
  };

  test('is read without its last line break', async () => {
    const config = readConfig({ CLOUDFLARE_API_TOKEN_FILE: await write('token', `${canary}\n`, 0o600) });
    expect(config.cloudflare.credentials?.token?.reveal()).toBe(canary);
    expect(config.warnings).toEqual([]);
  });

  test('that others can read is a warning', async () => {
    const { warnings } = readConfig({ CLOUDFLARE_API_TOKEN_FILE: await write('open', canary, 0o644) });
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain('CLOUDFLARE_API_TOKEN_FILE');
  });

  test('is refused when it is empty, broken or given twice', async () => {
    expect(refusal({ CLOUDFLARE_API_TOKEN_FILE: await write('empty', '\n', 0o600) })).toContain('empty');
    const broken = refusal({ CLOUDFLARE_API_TOKEN_FILE: await write('broken', `${canary}\n${canary}`, 0o600) });
    expect(broken).not.toContain(canary);
    const both = refusal({ CLOUDFLARE_API_TOKEN: canary, CLOUDFLARE_API_TOKEN_FILE: await write('twice', canary, 0o600) });
    expect(both).toContain('both set');
    expect(both).not.toContain(canary);
  });
});
