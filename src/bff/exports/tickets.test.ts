import { describe, expect, it } from 'vitest';
import { Problem } from '../problem.ts';
import { ManualClock } from '../upstream/testing.ts';
import { Tickets } from './tickets.ts';

const content = { request: { kind: 'receipts' as const, format: 'csv' as const }, fileName: 'receipts.csv' };
const codeOf = (work: () => unknown) => {
  try {
    work();
    return 'opened';
  } catch (error) {
    return error instanceof Problem ? error.report.code : String(error);
  }
};

describe('a ticket', () => {
  it('opens once', () => {
    const tickets = new Tickets(new ManualClock());
    const { ticket } = tickets.issue('ana', 'session', content);
    expect(ticket).toMatch(/^[A-Za-z0-9_-]{32}$/);
    expect(tickets.use('session', ticket)).toEqual(content);
    expect(codeOf(() => tickets.use('session', ticket))).toBe('ticket_gone');
  });
  it('opens for a minute', async () => {
    const clock = new ManualClock();
    const tickets = new Tickets(clock);
    const { ticket, expiresAt } = tickets.issue('ana', 'session', content);
    expect(Date.parse(expiresAt)).toBe(clock.now() + 60_000);
    await clock.advance(60_000);
    expect(codeOf(() => tickets.use('session', ticket))).toBe('ticket_gone');
  });
  it('opens in its own session only, and a stranger does not spend it', () => {
    const tickets = new Tickets(new ManualClock());
    const { ticket } = tickets.issue('ana', 'session', content);
    expect(codeOf(() => tickets.use('other', ticket))).toBe('not_found');
    expect(codeOf(() => tickets.use('session', 'unknown'))).toBe('not_found');
    expect(codeOf(() => tickets.use('session', ticket))).toBe('opened');
  });
  it('does not fill the memory', () => {
    const tickets = new Tickets(new ManualClock());
    const { ticket: first } = tickets.issue('ana', 'session', content);
    for (let count = 0; count < 1_000; count += 1) tickets.issue('ana', 'session', content);
    expect(codeOf(() => tickets.use('session', first))).toBe('not_found');
  });
  it('is not lost because somebody else asks for many', () => {
    const tickets = new Tickets(new ManualClock());
    const { ticket } = tickets.issue('ana', 'session', content);
    for (let count = 0; count < 5_000; count += 1) tickets.issue('bo', `session-${count}`, content);
    expect(codeOf(() => tickets.use('session', ticket))).toBe('opened');
  });
});
