import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPeople, type People } from '../accounts/People.ts';
import type { SignIn } from '../accounts/Account.ts';
import type { PushSubscriptionRecord } from '../accounts/PushSubscriptions.ts';
import { FakeClock } from '../base/FakeClock.ts';
import { createLogger } from '../base/logger.ts';
import { newId } from '../protocol/ids.ts';
import { Database } from './Database.ts';
import { SqlAccounts } from './SqlAccounts.ts';
import { SqlInvitations } from './SqlInvitations.ts';
import { SqlPushSubscriptions } from './SqlPushSubscriptions.ts';
import { SqlSignIns } from './SqlSignIns.ts';

describe('SqlPushSubscriptions', () => {
  let folder: string;
  let database: Database;
  let people: People;
  let store: SqlPushSubscriptions;
  let signIn: SignIn;
  const clock = new FakeClock();
  const of = (now = clock.now()) => store.of(signIn.userId, now);
  const put = async (
    change: Partial<PushSubscriptionRecord> = {},
  ): Promise<PushSubscriptionRecord> => {
    const id = newId('push');
    const subscription = {
      id,
      userId: signIn.userId,
      signInId: signIn.id,
      endpoint: `https://push.example/${id}`,
      p256dh: 'key',
      auth: 'secret',
      createdAt: clock.now(),
      ...change,
    };
    await store.put(subscription);
    return subscription;
  };

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'roomtone-push-'));
    database = await Database.open(join(folder, 'test.db'));
    store = new SqlPushSubscriptions(database);
    people = createPeople({
      stores: {
        accounts: new SqlAccounts(database),
        signIns: new SqlSignIns(database),
        invitations: new SqlInvitations(database),
      },
      clock,
      logger: createLogger('silent'),
      timeZone: 'UTC',
    });
    const account = await people.accounts.create({ name: 'ana' });
    ({ signIn } = await people.signIns.start(account, 'Firefox'));
  });
  afterEach(async () => {
    await database.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('gives back what was put', async () => {
    const subscription = await put();
    expect(await of()).toEqual([subscription]);
    await store.remove(subscription.id);
    expect(await of()).toEqual([]);
  });

  it('keeps one for each sign-in, and one for each endpoint', async () => {
    await put();
    const last = await put();
    expect(await of()).toEqual([last]);
    const account = (await people.accounts.find(signIn.userId))!;
    const { signIn: other } = await people.signIns.start(account, 'Firefox');
    const same = await put({ signInId: other.id, endpoint: last.endpoint });
    expect(await of()).toEqual([same]);
  });

  it('gives none of a sign-in that has run out, swept or not', async () => {
    const subscription = await put();
    expect(await of(signIn.expiresAt - 1)).toEqual([subscription]);
    expect(await of(signIn.expiresAt)).toEqual([]);
  });

  it('loses them with the sign-in, and with the account', async () => {
    await put();
    await people.signIns.end(signIn.userId, signIn.id);
    expect(await of()).toEqual([]);
    const account = (await people.accounts.find(signIn.userId))!;
    ({ signIn } = await people.signIns.start(account, 'Firefox'));
    await put();
    await people.accounts.remove(signIn.userId);
    expect(await of()).toEqual([]);
  });
});
