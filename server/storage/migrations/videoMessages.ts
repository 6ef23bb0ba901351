import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Who was here before takes messages with a picture, like everybody who is new. */
export const videoMessages: Migration = {
  async up(db) {
    await sql`update accounts set settings = json_set(settings, '$.videoMessages', json('true'))`.execute(
      db,
    );
  },
};
