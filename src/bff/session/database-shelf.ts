import type { Database } from '../database/open.ts';
import type { SessionShelf } from './sessions.ts';

/** Sessions in the embedded store. */
export function databaseShelf({ query }: Database): SessionShelf {
  return {
    async all() {
      const rows = await query.selectFrom('session').selectAll().execute();
      return rows.map((row) => ({
        digest: row.digest,
        subject: row.subject,
        createdAt: new Date(row.created_at).getTime(),
        seenAt: new Date(row.seen_at).getTime(),
      }));
    },
    async put({ digest, subject, createdAt, seenAt }) {
      const row = { digest, subject, created_at: new Date(createdAt), seen_at: new Date(seenAt) };
      await query.insertInto('session').values(row).execute();
    },
    async seen(digest, seenAt) {
      await query
        .updateTable('session')
        .set({ seen_at: new Date(seenAt) })
        .where('digest', '=', digest)
        .execute();
    },
    async remove(digests) {
      await query
        .deleteFrom('session')
        .where('digest', 'in', [...digests])
        .execute();
    },
  };
}
