import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aRecord } from '../../test/support/aRecord.ts';
import { FakeClock } from '../base/FakeClock.ts';
import { newId } from '../protocol/ids.ts';
import { Database } from '../storage/Database.ts';
import { SqlRecordings } from '../storage/SqlRecordings.ts';
import { SqlShares } from '../storage/SqlShares.ts';
import { RecordingShares, wholeRecording } from './RecordingShares.ts';

let folder: string;
let database: Database;
let recordings: SqlRecordings;
let clock: FakeClock;
let shares: RecordingShares;
const record = aRecord();
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'roomtone-shares-'));
  database = await Database.open(join(folder, 'test.db'));
  recordings = new SqlRecordings(database);
  clock = new FakeClock();
  shares = new RecordingShares({ store: new SqlShares(database), recordings, clock });
  await recordings.put(record);
});
afterEach(async () => {
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('RecordingShares', () => {
  it('leads whoever has the secret to the recording', async () => {
    const { share, secret } = await shares.create(wholeRecording(record.id));
    expect(share.expiresAt - share.createdAt).toBe(7 * 86_400_000);
    expect(await shares.find(secret)).toEqual({ record, messageId: null });
    expect(JSON.stringify(await shares.list(wholeRecording(record.id)))).not.toContain(secret);
    await expect(shares.find('x'.repeat(43))).rejects.toMatchObject({ code: 'not_found' });
    await expect(shares.find(share.secretHash)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('ends to the millisecond', async () => {
    const { secret } = await shares.create(wholeRecording(record.id), { expiresInSeconds: 60 });
    clock.advance(59_999);
    expect(await shares.find(secret)).toEqual({ record, messageId: null });
    clock.advance(1);
    await expect(shares.find(secret)).rejects.toMatchObject({ code: 'gone' });
  });

  it('ends when it is revoked, that one alone', async () => {
    const one = await shares.create(wholeRecording(record.id));
    const other = await shares.create(wholeRecording(record.id));
    await shares.revoke(wholeRecording(record.id), one.share.id);
    await shares.revoke(wholeRecording(record.id), one.share.id);
    await expect(shares.find(one.secret)).rejects.toMatchObject({ code: 'gone' });
    expect(await shares.find(other.secret)).toEqual({ record, messageId: null });
    const absent = shares.revoke(wholeRecording(record.id), newId('share'));
    await expect(absent).rejects.toMatchObject({ code: 'not_found' });
    const foreign = shares.revoke(wholeRecording(newId('rec')), other.share.id);
    await expect(foreign).rejects.toMatchObject({ code: 'not_found' });
  });

  it('goes with its recording', async () => {
    const { secret } = await shares.create(wholeRecording(record.id));
    await recordings.remove(record.id);
    await expect(shares.find(secret)).rejects.toMatchObject({ code: 'not_found' });
    await expect(shares.create(wholeRecording(record.id))).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  it('with a password: the link opens nothing, the two together do, and neither is kept', async () => {
    const password = 'blaue Tür';
    const { share, secret } = await shares.create(wholeRecording(record.id), { password });
    await expect(shares.find(secret)).rejects.toMatchObject({ code: 'unauthorized' });
    await expect(shares.open(secret, 'blaue Tor')).rejects.toMatchObject({ code: 'forbidden' });
    const opening = await shares.open(secret, password);
    expect(await shares.find(opening)).toEqual({ record, messageId: null });
    // However a keyboard composes it.
    expect(await shares.open(secret, password.normalize('NFD'))).toBe(opening);
    const kept = JSON.stringify(await shares.list(wholeRecording(record.id)));
    for (const word of [secret, password, opening]) expect(kept).not.toContain(word);
    await expect(shares.open(opening, password)).rejects.toMatchObject({ code: 'not_found' });
    await shares.revoke(wholeRecording(record.id), share.id);
    for (const gone of [shares.find(opening), shares.find(secret), shares.open(secret, password)]) {
      await expect(gone).rejects.toMatchObject({ code: 'gone' });
    }
  });
});
