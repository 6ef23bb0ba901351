import { sql, type Kysely } from 'kysely';
import { Migrator, type Migration } from 'kysely/migration';
import { StorageError } from './StorageError.ts';

/**
 * Brings the schema up to date, each migration with the note that it was done in one transaction: a
 * server that dies half way finds the schema as it was before, or as it is after.
 * @throws StorageError when a newer version of us has been here, or a migration fails
 */
export const migrate = async <T>(
  db: Kysely<T>,
  migrations: Readonly<Record<string, Migration>>,
): Promise<void> => {
  const unknown = (await executed(db)).find((name) => !(name in migrations));
  if (unknown !== undefined) {
    throw new StorageError(
      `The database was written by a newer version of Roomtone (it has "${unknown}"). Run that version, or go back to a copy of the database from before.`,
    );
  }
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  const pending = (await migrator.getMigrations()).filter(({ executedAt }) => !executedAt);
  for (const { name } of pending) {
    const { error } = await migrator.migrateTo(name);
    if (error === undefined) continue;
    throw new StorageError(`The database could not be brought up to date ("${name}").`, {
      cause: error,
    });
  }
};

const executed = async <T>(db: Kysely<T>): Promise<string[]> => {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some(({ name }) => name === TABLE)) return [];
  const { rows } = await sql<{ name: string }>`SELECT name FROM ${sql.table(TABLE)}`.execute(db);
  return rows.map(({ name }) => name);
};

/** The Migrator's own. */
const TABLE = 'kysely_migration';
