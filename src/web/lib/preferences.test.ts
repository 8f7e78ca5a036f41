import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { preferencesKey, readPreferences } from './preferences.ts';

const defaults = { theme: 'system', density: 'compact', timeZone: 'utc', shortcuts: 'on', chartPatterns: 'off' };

describe('stored preferences', () => {
  it('fall back one by one', () => {
    expect(readPreferences(null)).toEqual(defaults);
    expect(readPreferences('{"theme":"dark","density":"huge"}')).toEqual({ ...defaults, theme: 'dark' });
  });

  it.each(['', 'not json', 'null', '[]', '7', '{"theme":{}}'])('survive %s', (stored) =>
    expect(readPreferences(stored)).toEqual(defaults),
  );

  it('are read under the same name before the first paint', () => {
    const script = readFileSync(new URL('../../../public/theme.js', import.meta.url), 'utf8');
    expect(script).toContain(`'${preferencesKey}'`);
  });
});
