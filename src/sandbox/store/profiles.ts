import type { Profile } from '../../contract/cloudflare/profile.ts';
import type { Database } from '../database.ts';
import { putProfile } from './organizations.ts';
import type { ProfileStore } from './store.ts';

export class Profiles implements ProfileStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async get(organizationId: string) {
    const [row] = await this.#database.read<{ profile: string }>('select profile from profiles where organization_id = $1', [
      organizationId,
    ]);
    return row ? (JSON.parse(row.profile) as Profile) : null; // written by this store
  }

  put(organizationId: string, profile: Profile) {
    return this.#database.write((writer) => putProfile(writer, organizationId, profile));
  }
}
