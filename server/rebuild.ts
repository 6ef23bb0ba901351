import { createLogger } from './base/logger.ts';
import { databaseTarget, loadConfig } from './config.ts';
import { Catalogue } from './recordings/Catalogue.ts';
import { Recovery } from './recordings/Recovery.ts';
import { Database } from './storage/Database.ts';
import { DiskVault } from './storage/DiskVault.ts';
import { ExclusiveLock } from './storage/ExclusiveLock.ts';
import { SqlRecordings } from './storage/SqlRecordings.ts';

/** `npm run rebuild`: makes the rows of recordings anew from their folders, while no server runs. */
const run = async (): Promise<void> => {
  const config = loadConfig(process.env);
  const database = await Database.open(databaseTarget(config));
  const lock = ExclusiveLock.ofFolder(config.recordingsDir, 'RECORDINGS_DIR');
  try {
    const vault = await DiskVault.create(config.recordingsDir);
    const logger = createLogger(config.logLevel);
    const catalogue = new Catalogue(new SqlRecordings(database), vault, logger);
    const records = await new Recovery(catalogue, logger).restoreRows();
    process.stdout.write(`${records.length} recordings are in the database\n`);
  } finally {
    lock.release();
    await database.close();
  }
};

run().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
