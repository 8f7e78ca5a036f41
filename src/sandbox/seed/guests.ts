import type { Actor } from './actors.ts';
import type { Cast } from './cast.ts';
import { startOfDay } from './days.ts';
import type { Draft } from './draft.ts';
import type { Invitee } from './events.ts';
import { emailOf, personName } from './names.ts';
import type { Random } from './random.ts';

/** Somebody who was invited and is not a member today. */
export interface Guest extends Invitee {
  readonly organizationId: string;
  readonly host: Actor;
  readonly fate: 'canceled' | 'expired' | 'removed';
  /** Days until then. */
  readonly stay: number;
}

const domains = ['fieldhands.example', 'northyard.example', 'quillandco.example', 'stopgap.example', 'tidewater-it.example'];

/** About that many guests, invited on a day by somebody who was there. */
export function guestsOf(draft: Draft, cast: Cast, random: Random, day: number, about: number, into?: string): Guest[] {
  const count = Math.floor(about + random.next());
  return Array.from({ length: count }, () => {
    const organizationId = into ?? random.pick(draft.organizations).id;
    const name = personName(2000 + random.integer(0, 7000));
    const fate = random.next();
    return {
      memberId: random.hex(32),
      userId: random.hex(32),
      email: emailOf(name, random.pick(domains)),
      name,
      organizationId,
      host: cast.actorFor(organizationId, startOfDay(day), random),
      fate: fate < 0.45 ? 'canceled' : fate < 0.75 ? 'expired' : 'removed',
      stay: random.integer(1, 9),
    };
  });
}
