import type { Profile } from '../../contract/cloudflare/profile.ts';
import { Random } from './random.ts';

/**
 * Values that change now and then and end, on the seed day, at what the store holds. The value of any day is known
 * without going through the days before it, so the events of a day can be made on their own.
 */
export interface Chain<T> {
  /** Whether something changed on a day. */
  changes(day: number): boolean;
  /** Everything as it was at the end of a day. */
  at(day: number): T;
}

interface Track<T> {
  /** Days between two changes. */
  readonly stride: number;
  /** Days from the last change to the seed day. */
  readonly age: number;
  /** The value `steps` changes before the last. */
  readonly earlier: (value: T, steps: number) => T;
}

class Tracks<T> implements Chain<T> {
  readonly #last: T;
  readonly #seedDay: number;
  readonly #tracks: readonly Track<T>[];

  constructor(last: T, seedDay: number, tracks: readonly Track<T>[]) {
    this.#last = last;
    this.#seedDay = seedDay;
    this.#tracks = tracks;
  }

  changes(day: number): boolean {
    return this.#tracks.some((track) => this.#steps(track, day) !== this.#steps(track, day - 1));
  }

  at(day: number): T {
    return this.#tracks.reduce((value, track) => {
      const steps = this.#steps(track, day);
      return steps === 0 ? value : track.earlier(value, steps);
    }, this.#last);
  }

  /** Changes between a day and the seed day; nothing changes after it. */
  #steps({ stride, age }: Track<T>, day: number): number {
    const distance = this.#seedDay - day - age;
    return distance <= 0 ? 0 : Math.ceil(distance / stride);
  }
}

const cities = ['Abilene', 'Penrith', 'Ghent', 'Tauranga', 'Malmö', 'Leeds', 'Halifax', 'Utrecht', 'Odense', 'Cork'];

/** A profile changes its phone most often, then its address, its e-mail and its metadata. */
export function profileChain(organizationId: string, last: Profile, seedDay: number): Chain<Profile> {
  const random = new Random('profile', organizationId);
  const track = (from: number, to: number, earlier: Track<Profile>['earlier']): Track<Profile> => {
    const stride = random.integer(from, to);
    return { stride, age: random.integer(5, stride), earlier };
  };
  const isJson = (text: string) => text.startsWith('{');
  return new Tracks(last, seedDay, [
    track(50, 110, (profile, steps) => ({
      ...profile,
      business_phone: profile.business_phone.replace(/\d{3}$/, String(100 + ((steps * 37) % 900))),
    })),
    track(120, 260, (profile, steps) =>
      isJson(profile.business_address)
        ? {
            ...profile,
            business_address: JSON.stringify({
              ...(JSON.parse(profile.business_address) as object), // our own address text
              city: cities[(steps + organizationId.length) % cities.length],
            }),
          }
        : profile,
    ),
    track(150, 300, (profile, steps) => ({
      ...profile,
      business_email: profile.business_email.replace(/^[^@]+/, steps % 2 === 1 ? 'accounts' : 'office'),
    })),
    track(90, 200, (profile, steps) =>
      isJson(profile.external_metadata)
        ? {
            ...profile,
            external_metadata: JSON.stringify({
              ...(JSON.parse(profile.external_metadata) as object), // our own metadata text
              tier: steps % 2 === 1 ? 'silver' : 'bronze',
            }),
          }
        : profile,
    ),
  ]);
}

export interface AccountSettings {
  readonly abuse_contact_email: string | null;
  readonly enforce_twofactor: boolean | null;
  readonly api_access_enabled: boolean;
}

/** An account's settings change once or twice a year. */
export function settingsChain(accountId: string, last: AccountSettings, seedDay: number): Chain<AccountSettings> {
  const random = new Random('settings', accountId);
  const track = (from: number, to: number, earlier: Track<AccountSettings>['earlier']): Track<AccountSettings> => {
    const stride = random.integer(from, to);
    return { stride, age: random.integer(4, stride), earlier };
  };
  return new Tracks(last, seedDay, [
    track(160, 420, (settings, steps) => ({
      ...settings,
      enforce_twofactor: (steps % 2 === 1) !== (settings.enforce_twofactor ?? false),
    })),
    track(200, 500, (settings, steps) => ({
      ...settings,
      abuse_contact_email: settings.abuse_contact_email?.replace(/^[^@]+/, steps % 2 === 1 ? 'security' : 'abuse') ?? null,
    })),
    track(400, 900, (settings, steps) => ({ ...settings, api_access_enabled: steps % 2 === 0 })),
  ]);
}
