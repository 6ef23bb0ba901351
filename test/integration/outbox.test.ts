import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { UserId } from '../../server/protocol/ids.ts';
import { newId } from '../../server/protocol/ids.ts';
import { createPeople } from '../../server/accounts/People.ts';
import { FakeClock } from '../../server/base/FakeClock.ts';
import { Database } from '../../server/storage/Database.ts';
import { peopleStores } from '../../server/storage/peopleStores.ts';
import { SqlMessages } from '../../server/storage/SqlMessages.ts';
import { SqlOutbox } from '../../server/storage/SqlOutbox.ts';
import type { Message } from '../../server/voicemail/Message.ts';
import { Outbox, type Channel } from '../../server/voicemail/Outbox.ts';
import { silentLogger } from '../support/mediaWorker.ts';
import { waitFor } from '../support/waitFor.ts';

/** Told of every message, whatever fails, on the real database. */

const HOUR_MS = 3_600_000;

/** Fails so often, then tells. */
class Told implements Channel {
  readonly name: string;
  readonly told: string[] = [];
  asked = 0;
  failures: number;

  constructor(name: string, failures = 0) {
    this.name = name;
    this.failures = failures;
  }

  tell({ id }: Message): Promise<void> {
    this.asked += 1;
    if (this.asked <= this.failures) return Promise.reject(new Error('not now'));
    this.told.push(id);
    return Promise.resolve();
  }
}

describe('the outbox', () => {
  let folder: string;
  let database: Database;
  let messages: SqlMessages;
  let mailbox: UserId;
  let clock: FakeClock;

  const outbox = (...channels: Channel[]): Outbox =>
    new Outbox({ store: new SqlOutbox(database), channels, clock, logger: silentLogger });

  const left = async (): Promise<Message> => {
    const message: Message = {
      id: newId('vm'),
      mailbox,
      from: { userId: null, name: null, displayName: 'Greta' },
      reason: 'unavailable',
      state: 'pending',
      createdAt: clock.now(),
      recordingId: newId('rec'),
      durationMs: 3_000,
      partial: false,
      pickedUp: false,
      forwardedBy: null,
      comment: null,
      takenBy: null,
      files: [],
      urgent: false,
      note: null,
      readAt: null,
      folder: 'inbox',
      trashedAt: null,
    };
    await messages.put(message);
    return message;
  };
  const isEmpty = () =>
    waitFor(
      'nothing is left to tell',
      () => new SqlOutbox(database).nextDueAt(),
      (dueAt) => dueAt === undefined,
    );
  /** It is tried again whenever it is time, for a day. */
  const days = (channel: Told, times: number) =>
    waitFor(
      `${channel.name} was asked ${times} times`,
      () => {
        clock.advance(HOUR_MS);
        return channel.asked;
      },
      (asked) => asked >= times,
    );

  beforeEach(async () => {
    clock = new FakeClock();
    folder = mkdtempSync(join(tmpdir(), 'roomtone-outbox-'));
    database = await Database.open(join(folder, 'test.db'));
    messages = new SqlMessages(database);
    const stores = peopleStores(database);
    const people = createPeople({ stores, clock, logger: silentLogger, timeZone: 'UTC' });
    mailbox = (await people.accounts.create({ name: 'ana' })).id;
  });
  afterEach(async () => {
    await database.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('tells once of what was delivered, and of nothing else', async () => {
    const push = new Told('push');
    const message = await left();
    const box = outbox(push);
    box.wake();
    expect(await messages.deliver(message)).toBe(true);
    expect(await messages.deliver(message)).toBe(false);
    expect((await messages.get(message.id))?.state).toBe('delivered');
    box.wake();
    box.wake();
    await isEmpty();
    await box.close();
    expect(push.told).toEqual([message.id]);
  });

  it('tries again where telling fails, without telling the others twice', async () => {
    const [push, mail] = [new Told('push'), new Told('mail', 2)];
    const message = await left();
    await messages.deliver(message);
    const box = outbox(push, mail);
    box.wake();
    await days(mail, 3);
    await isEmpty();
    await box.close();
    expect(mail.told).toEqual([message.id]);
    expect(push.told).toEqual([message.id]);
  });

  it('gives up a channel that never works, in the end', async () => {
    const mail = new Told('mail', Infinity);
    await messages.deliver(await left());
    const box = outbox(mail);
    box.wake();
    await days(mail, 8);
    await isEmpty();
    await box.close();
    expect(mail.asked).toBe(8);
  });

  it('goes on when the database has failed once', async () => {
    const push = new Told('push');
    const message = await left();
    await messages.deliver(message);
    const store = new SqlOutbox(database);
    const due = store.due.bind(store);
    let failures = 0;
    store.due = (...asked) => {
      failures += 1;
      return failures === 1 ? Promise.reject(new Error('the disk is slow')) : due(...asked);
    };
    const box = new Outbox({ store, channels: [push], clock, logger: silentLogger });
    box.wake();
    await days(push, 1);
    await isEmpty();
    await box.close();
    expect(push.told).toEqual([message.id]);
  });

  it('goes on after a restart where it was', async () => {
    const [push, mail] = [new Told('push'), new Told('mail', 1)];
    const message = await left();
    await messages.deliver(message);
    const before = outbox(push, mail);
    before.wake();
    await waitFor(
      'the first try',
      () => mail.asked,
      (asked) => asked === 1,
    );
    await before.close();
    const after = outbox(push, mail);
    after.wake();
    await days(mail, 2);
    await isEmpty();
    await after.close();
    expect(mail.told).toEqual([message.id]);
    expect(push.told).toEqual([message.id]);
  });

  it('tells nothing of a message that is gone by then', async () => {
    const mail = new Told('mail', 1);
    const message = await left();
    await messages.deliver(message);
    const box = outbox(mail);
    box.wake();
    await waitFor(
      'the first try',
      () => mail.asked,
      (asked) => asked === 1,
    );
    await messages.remove(message.id);
    await isEmpty();
    clock.advance(24 * HOUR_MS);
    await box.close();
    expect(mail.told).toEqual([]);
  });
});
