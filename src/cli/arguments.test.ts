import { describe, expect, test } from 'vitest';
import { readConfig } from '../bff/node/config.ts';
import { readArguments } from './arguments.ts';
import { configWords } from './config-words.ts';

describe('what stands behind the command', () => {
  test('may be --check-config and nothing else', () => {
    expect(readArguments([])).toEqual({ checkConfig: false });
    expect(readArguments(['--check-config'])).toEqual({ checkConfig: true });
  });

  test.each([['--token=cfut_CANARY0123456789'], ['--token', 'cfut_CANARY0123456789'], ['cfut_CANARY0123456789'], ['-k=CANARY']])(
    '%s is refused and not repeated',
    (...words) => {
      expect(() => readArguments(words)).toThrow(/Canopy takes no argument/);
      expect(() => readArguments(words)).toThrow(/roll it/);
      expect(() => readArguments(words)).not.toThrow(/CANARY/);
    },
  );
});

test('the configuration is shown without its secrets', () => {
  const environment = {
    CLOUDFLARE_API_TOKEN: 'cfut_CANARY_token',
    CLOUDFLARE_EMAIL: 'owner@example.com',
    CLOUDFLARE_API_KEY: 'cfk_CANARY_key',
    SANDBOX_KEY: 'sandbox_CANARY',
    PORT: '4500',
  };
  const lines = configWords(readConfig(environment));
  expect(lines).toContain('PORT=4500');
  expect(lines).toContain('CLOUDFLARE_API_TOKEN=[secret]');
  expect(lines.at(-1)).toBe('The configuration is valid. Canopy would talk to api.cloudflare.com.');
  expect(lines.join('\n')).not.toContain('CANARY');
});
