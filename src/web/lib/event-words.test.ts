import { describe, expect, it } from 'vitest';
import type { AuditEvent } from '../../contract/cloudflare/audit.ts';
import { actorOf, sentenceOf, viaOf } from './event-words.ts';

const event = (more: Partial<AuditEvent>): AuditEvent => ({ id: 'e1', ...more });

describe('words for an event', () => {
  it('say what was done to whom', () => {
    expect(
      sentenceOf(
        event({
          action: { description: 'Invite member', result: 'success' },
          resource: { request: { member: { user: { email: 'r@b.example' } } } },
        }),
      ),
    ).toEqual({ act: 'invited member', object: 'r@b.example', tail: '' });
    expect(sentenceOf(event({ action: { description: 'Remove member', result: 'failure' } }))).toEqual({
      act: 'could not remove member',
      object: '',
      tail: '',
    });
    expect(
      sentenceOf(
        event({
          action: { description: 'Invite members' },
          resource: { response: [{ user: { email: 'a@b.example' } }, {}, {}] },
        }),
      ),
    ).toEqual({ act: 'invited members', object: 'a@b.example and 2 more', tail: '' });
  });

  it('name a thing once, as it is written, and where it went', () => {
    expect(
      sentenceOf(
        event({
          action: { description: 'Move account Windrush Analytics' },
          resource: { response: { account_name: 'Windrush Analytics', destination_organization_name: 'Redfern Systems' } },
        }),
      ),
    ).toEqual({ act: 'moved account', object: 'Windrush Analytics', tail: ' to Redfern Systems' });
    expect(sentenceOf(event({ action: { description: 'Roll API token' } })).act).toBe('rolled API token');
    expect(sentenceOf(event({ action: { description: 'Move account Éditions' } })).act).toBe('moved account Éditions');
  });

  it('survive events with nothing in them', () => {
    expect(sentenceOf(event({})).act).toBe('did something to');
    expect(actorOf(event({}))).toEqual({ kind: 'person', name: 'Unknown actor' });
    expect(viaOf(event({ actor: { context: 'carrier_pigeon' } }))).toBe('carrier_pigeon');
  });

  it('name the token rather than the person behind it', () => {
    expect(actorOf(event({ actor: { type: 'user', email: 'ops@b.example', token_name: 'terraform-prod' } }))).toEqual({
      kind: 'token',
      name: 'terraform-prod',
    });
  });
});
