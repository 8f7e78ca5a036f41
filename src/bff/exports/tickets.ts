import type { ExportEnd } from '../../contract/canopy/access.ts';
import type { ExportRequest } from '../../contract/canopy/exports.ts';
import type { ErrorReport } from '../../contract/envelope.ts';
import { Problem } from '../problem.ts';
import type { Clock } from '../services.ts';

/** A link must be used within this time. */
export const ticketLifetime = 60_000;
/** A used or expired ticket is remembered this long, so that it can be told from one that never was. */
const memory = 600_000;
const mostTickets = 1_000;
/** One person's newest; older ones of theirs go before anybody else's. */
const mostOfOne = 50;

export interface TicketContent {
  request: ExportRequest;
  fileName: string;
}

/** How the download of a ticket ended, and why where it failed. */
export interface TicketEnd {
  ended: ExportEnd | null;
  failure: ErrorReport | null;
}

interface Ticket extends TicketContent {
  personId: string;
  session: string;
  expiresAt: number;
  used: boolean;
  end: TicketEnd;
}

/**
 * One-time tickets. A download is a navigation and cannot carry a header of ours, so what allows it is asked for
 * before, by a guarded request, and works once in the same session.
 */
export class Tickets {
  readonly #clock: Clock;
  readonly #tickets = new Map<string, Ticket>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  issue(personId: string, session: string, content: TicketContent): { ticket: string; expiresAt: string } {
    this.#forget(personId);
    const ticket = newTicket();
    const expiresAt = this.#clock.now() + ticketLifetime;
    this.#tickets.set(ticket, { ...content, personId, session, expiresAt, used: false, end: { ended: null, failure: null } });
    return { ticket, expiresAt: new Date(expiresAt).toISOString() };
  }

  /** What the ticket is for; it opens nothing afterwards. */
  use(session: string, ticket: string): TicketContent {
    const found = this.#found(session, ticket);
    if (found.used || found.expiresAt <= this.#clock.now())
      throw new Problem({
        code: 'ticket_gone',
        message: 'This download link works once, within a minute, and that is over.',
        action: 'Start the export again.',
      });
    found.used = true;
    return { request: found.request, fileName: found.fileName };
  }

  /** Keeps how the download of a used ticket ended. */
  end(ticket: string, ended: ExportEnd, failure: ErrorReport | null = null): void {
    const found = this.#tickets.get(ticket);
    if (found) found.end = { ended, failure };
  }

  /** How its download ended; without an end where it did not, or was never begun. */
  ended(session: string, ticket: string): TicketEnd {
    return this.#found(session, ticket).end;
  }

  #found(session: string, ticket: string): Ticket {
    const found = this.#tickets.get(ticket);
    if (found?.session === session) return found;
    throw new Problem({
      code: 'not_found',
      message: 'There is no such download in your session.',
      action: 'Start the export again.',
    });
  }

  #forget(personId: string): void {
    const now = this.#clock.now();
    for (const [ticket, { expiresAt }] of this.#tickets) {
      if (expiresAt + memory > now && this.#tickets.size < mostTickets) break; // the oldest come first
      this.#tickets.delete(ticket);
    }
    const own = [...this.#tickets].filter(([, ticket]) => ticket.personId === personId);
    for (const [ticket] of own.slice(0, Math.max(0, own.length + 1 - mostOfOne))) this.#tickets.delete(ticket);
  }
}

/** 192 random bits. */
function newTicket(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(24));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_');
}
