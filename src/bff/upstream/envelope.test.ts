import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readEnvelope, readForeignError } from './envelope.ts';

describe('the envelope', () => {
  it('believes nothing about its parts', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const envelope = readEnvelope(value);
        if (envelope) expect(Array.isArray(envelope.errors)).toBe(true);
      }),
    );
    expect(readEnvelope({ success: 'true', errors: [null, 3, 'plain', { message: 'only words' }, { code: '1001' }] })).toEqual({
      success: false,
      result: undefined,
      errors: [{ message: 'plain' }, { message: 'only words' }, { code: 1001 }],
      info: null,
    });
  });

  it('is not any object', () => {
    expect(readEnvelope({ hello: 'world' })).toBeNull();
    expect(readEnvelope([])).toBeNull();
    expect(readEnvelope(null)).toBeNull();
  });

  it('has one name for the next cursor, and none at the end', () => {
    const info = (result_info: object) => readEnvelope({ success: true, result_info })?.info;
    expect(info({ count: '1', cursor: 'abc' })).toEqual({ count: '1', cursor: 'abc' });
    expect(info({ cursors: { after: 'abc' } })).toEqual({ cursor: 'abc' });
    expect(info({ cursor: '', cursors: { after: '' } })).toEqual({});
    expect(info({ next_page_token: '', total_size: 3 })).toEqual({ total_size: 3 });
  });

  it('repeats an error of the edge, but never a page', () => {
    expect(readForeignError('', { title: 'Bad gateway', detail: 'Origin is down', error_code: 502 })).toEqual([
      { code: 502, message: 'Bad gateway: Origin is down' },
    ]);
    expect(readForeignError('upstream request timeout', null)).toEqual([{ message: 'upstream request timeout' }]);
    expect(readForeignError('<html><script>alert(1)</script>', null)).toEqual([]);
  });
});
