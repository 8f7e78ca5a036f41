import { describe, expect, it } from 'vitest';
import type { AuditEvent } from '../../../contract/cloudflare/audit.ts';
import { relatedTo } from './related.ts';

const event: AuditEvent = {
  id: 'one',
  action: { time: '2026-11-22T14:02:05.250Z', type: 'update' },
  actor: { id: 'a1', email: 'ana@team.example', type: 'user', token_id: 't1' },
  raw: { cf_ray_id: 'ray1' },
};

describe('what else to look at from an event', () => {
  it('is around its time, with the event in it', () => {
    expect(relatedTo(event).map(({ search }) => search)).toEqual([
      { actor_email: ['ana@team.example'], since: '2026-11-22T13:52:05Z', before: '2026-11-22T14:12:05Z', event: 'one' },
      { raw_cf_ray_id: ['ray1'], since: '2026-11-22T13:52:05Z', before: '2026-11-22T14:12:05Z', event: 'one' },
      { actor_token_id: ['t1'], since: '2026-11-22T02:02:05Z', before: '2026-11-23T02:02:05Z', event: 'one' },
    ]);
  });

  it('leaves out what the event does not name', () => {
    expect(
      relatedTo({ ...event, actor: { id: 'a1', type: 'system' }, raw: null }).map(({ search }) => search['actor_id']),
    ).toEqual([['a1']]);
    expect(relatedTo({ ...event, action: null })).toEqual([]);
  });
});
