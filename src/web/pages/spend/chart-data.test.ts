import { describe, expect, it } from 'vitest';
import { assignColours } from './chart-data.ts';

describe('colours', () => {
  it('stay with their group and differ among those shown', () => {
    const first = assignColours(new Map(), [{ key: 'workers' }, { key: 'r2' }, { key: null }]);
    expect([...first.values()]).toEqual([1, 2, 3]);
    const second = assignColours(first, [{ key: 'stream' }, { key: 'r2' }]);
    expect(second.get('key r2')).toBe(2);
    expect(second.get('key stream')).toBe(1);
    expect(second.get('key workers')).toBe(1);
  });
});
