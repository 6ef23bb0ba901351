import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Who was here before is told by mail when they ask for it, like everybody who is new. */
export const mailSettings: Migration = {
  async up(db) {
    await sql`update accounts set settings = json_set(
      settings,
      '$.mailAddress', null,
      '$.mailMessages', json('false'),
      '$.mailSound', json('false'),
      '$.mailReads', json('false')
    )`.execute(db);
  },
};
