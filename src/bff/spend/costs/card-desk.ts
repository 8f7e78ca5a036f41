import { rateCardProblems } from '../../../contract/canopy/rate-card-rules.ts';
import type { RateCard, RateCardInForce, RateCardVersion, StoredRateCard } from '../../../contract/canopy/rate-card.ts';
import type { Database } from '../../database/open.ts';
import { Problem } from '../../problem.ts';
import type { Clock, Directory, Person, RateCardDesk, Scope } from '../../services.ts';
import { dayOf } from '../days.ts';
import { defaultCard } from '../pricing/default-card.ts';
import type { Reaches } from '../reach.ts';
import { previewOf } from './preview.ts';
import type { CardVersion, RateCards, SavedCard } from './rate-cards.ts';

interface Parts {
  database: Database;
  cards: RateCards;
  directory: Pick<Directory, 'accounts'>;
  reaches: Reaches;
  clock: Clock;
  /** Stored usage is priced again. */
  saved: () => void;
}

/**
 * The rate card as people see and change it. One card holds for everyone: who may see only a part of the hierarchy reads
 * it without the overrides of others, and does not save it.
 */
export function createCardDesk({ database, cards, directory, reaches, clock, saved }: Parts): RateCardDesk {
  const shown = async (person: Person, card: SavedCard): Promise<StoredRateCard> => {
    const seen = await seenBy(person.scope);
    const part = { ...card.card, overrides: card.card.overrides.filter(seen) };
    return {
      ...versionFor(person, card),
      card: person.scope === null ? part : withoutRemarks(part),
      whole: person.scope === null,
    };
  };

  const inForce = async (person: Person): Promise<RateCardInForce> => {
    const card = await cards.current();
    const versions = await cards.versions();
    return { ...(await shown(person, card)), versions: versions.map((version) => versionFor(person, version)) };
  };

  /** Whether a person may know of an override. */
  async function seenBy(scope: Scope): Promise<(override: RateCard['overrides'][number]) => boolean> {
    if (scope === null) return () => true;
    const { ids } = await reaches.of({ scope, organization: undefined, descendants: true });
    const { rows } = await directory.accounts(scope, undefined, true);
    const organizations = new Set(ids);
    const accounts = new Set(rows.map(({ id }) => id));
    return ({ organization, account }) =>
      (organization === undefined || organizations.has(organization)) && (account === undefined || accounts.has(account));
  }

  return {
    inForce,

    async version(person, version) {
      const card = await cards.read(version);
      if (!card) throw unknownVersion(version);
      return shown(person, card);
    },

    async save(person, { base, note, card }) {
      if (person.scope !== null) throw shared();
      requireRules(card);
      const result = await cards.save(card, { id: person.id, name: person.name }, note.trim(), base);
      if (!result) throw stale(await inForce(person));
      saved();
      return inForce(person);
    },

    async preview({ scope }, { card }, signal) {
      requireRules(card);
      const current = await cards.current();
      const seen = await seenBy(scope);
      const unseen = current.card.overrides.filter((override) => !seen(override));
      const reach = await reaches.of({ scope, organization: undefined, descendants: true });
      const draft = { ...card, overrides: [...card.overrides, ...unseen] };
      return previewOf(database, { inForce: current, draft, organizationIds: reach.ids, today: dayOf(clock.now()), signal });
    },
  };
}

/** A note may name an organization that the reader may not know of. */
function versionFor({ scope }: Person, { version, at, by, note }: CardVersion): RateCardVersion {
  return { version, at, by, note: scope === null || by === null ? note : null };
}

const own = new Map(defaultCard.lines.map((line) => [line.metric, JSON.stringify(line)]));

/** The same for what people wrote into the card: only the words of the card that Canopy brings along are for everyone. */
function withoutRemarks({ note, lines, overrides, ...card }: RateCard): RateCard {
  return {
    ...card,
    note: note === defaultCard.note ? note : '',
    lines: lines.map((line) =>
      own.get(line.metric) === JSON.stringify(line)
        ? line
        : Object.assign({}, line, { note: '', source: { url: '', evidence: '' } }),
    ),
    overrides: overrides.map(({ note: _note, ...override }) => override),
  };
}

/** What the shape of a request cannot say: names that meet, overrides that overlap. */
function requireRules(card: RateCard): void {
  const problems = rateCardProblems(card);
  if (problems.length > 0) throw invalid(problems.map(({ field, message }) => ({ field: `card.${field}`, message })));
}

const invalid = (fields: readonly { field: string; message: string }[]) =>
  new Problem({
    code: 'invalid_request',
    message: `The rate card is not valid: ${fields[0]?.field} ${fields[0]?.message}.`,
    action: 'Correct the named fields and save it again.',
    fields,
  });

const unknownVersion = (version: number) =>
  new Problem({
    code: 'not_found',
    message: `The rate card has no version ${version}.`,
    action: 'Choose one from its list of versions.',
  });

const shared = () =>
  new Problem({
    code: 'out_of_scope',
    message: 'One rate card holds for all organizations, and your access is limited to some of them.',
    action: 'Ask an administrator of all organizations to change it.',
  });

const stale = (current: RateCardInForce) =>
  new Problem({
    code: 'stale_version',
    message: `Version ${current.version} of the rate card was saved after you opened it, so nothing was saved. It comes with this answer.`,
    action: 'Compare it with your changes, then save again.',
    current: { version: String(current.version), value: current },
  });
