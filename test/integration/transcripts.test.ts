import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Account } from '../../server/accounts/Account.ts';
import { createPeople } from '../../server/accounts/People.ts';
import { FakeClock } from '../../server/base/FakeClock.ts';
import { newId, type UserId } from '../../server/protocol/ids.ts';
import type { RecordedFile } from '../../server/protocol/recordings.ts';
import type { Voicemail } from '../../server/protocol/voicemail.ts';
import { SpeechService } from '../../server/speech/SpeechService.ts';
import { Database } from '../../server/storage/Database.ts';
import { peopleStores } from '../../server/storage/peopleStores.ts';
import { SqlMailboxes } from '../../server/storage/SqlMailboxes.ts';
import { SqlMessages } from '../../server/storage/SqlMessages.ts';
import { SqlTranscripts } from '../../server/storage/SqlTranscripts.ts';
import { Mailboxes } from '../../server/voicemail/Mailboxes.ts';
import type { Message } from '../../server/voicemail/Message.ts';
import { Transcripts } from '../../server/voicemail/Transcripts.ts';
import { silentLogger } from '../support/mediaWorker.ts';
import { Peer } from '../support/peer.ts';
import { RawClient } from '../support/rawClient.ts';
import { Somebody } from '../support/Somebody.ts';
import { hearFile } from '../support/soundOf.ts';
import { SpeechListener } from '../support/SpeechListener.ts';
import { shortSounds } from '../support/shortSounds.ts';
import { startApp } from '../support/startApp.ts';
import { waitFor } from '../support/waitFor.ts';

/** What is said is written down by a service that may fail, hang and talk rubbish. */

const SOUND: RecordedFile = {
  name: 'recording.mp3',
  kind: 'audio',
  participant: null,
  source: null,
  type: 'audio/mpeg',
  bytes: 5,
  durationMs: 3_000,
  sha256: '0'.repeat(64),
};
const WORDS = [{ word: 'Hello', start: 0.2, end: 0.6, probability: 0.9 }];

describe('a transcript', () => {
  let folder: string;
  let database: Database;
  let messages: SqlMessages;
  let mailboxes: Mailboxes;
  let mailbox: UserId;
  let boss: () => Promise<Account>;
  let clock: FakeClock;
  let speech: SpeechListener;
  let transcripts: Transcripts;
  let changes: number;

  const open = (timeLimitMs = 10_000): Transcripts =>
    new Transcripts({
      store: new SqlTranscripts(database),
      mailboxes,
      recordings: {
        openFile: () =>
          Promise.resolve({
            file: {
              bytes: 5,
              modifiedAt: 0,
              read: () => Readable.from([Buffer.from('sound')]),
              close: () => Promise.resolve(),
            },
            recorded: SOUND,
            record: {} as never,
          }),
      },
      transcriber: new SpeechService({
        url: speech.url,
        key: 'the-key',
        model: 'tiny',
        timeLimitMs: () => timeLimitMs,
      }),
      clock,
      logger: silentLogger,
    });
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
      files: [SOUND],
      urgent: false,
      note: null,
      readAt: null,
      folder: 'inbox',
      trashedAt: null,
    };
    await messages.put(message);
    await messages.deliver(message);
    return { ...message, state: 'delivered' };
  };
  const arrives = async (): Promise<Message> => {
    const message = await left();
    await mailboxes.arrived(message);
    return message;
  };
  const stateOf = async (message: Message) => (await transcripts.of([message]))[0]!.state;
  /** Time goes on until it is so. */
  const becomes = (message: Message, state: string) =>
    waitFor(
      `it is ${state}`,
      () => {
        clock.advance(3_600_000);
        return stateOf(message);
      },
      (now) => now === state,
      { timeoutMs: 20_000 },
    );
  const asked = (times: number) =>
    waitFor(
      `it was asked ${times} times`,
      () => speech.heard.length,
      (heard) => heard >= times,
    );

  beforeEach(async () => {
    clock = new FakeClock();
    folder = mkdtempSync(join(tmpdir(), 'roomtone-transcripts-'));
    database = await Database.open(join(folder, 'test.db'));
    messages = new SqlMessages(database);
    const stores = peopleStores(database);
    const people = createPeople({ stores, clock, logger: silentLogger, timeZone: 'UTC' });
    mailbox = (await people.accounts.create({ name: 'ana' })).id;
    boss = () => people.accounts.create({ name: 'ben' });
    const recordings = { delete: () => Promise.resolve() };
    mailboxes = new Mailboxes({
      store: messages,
      mailboxes: new SqlMailboxes(database),
      accounts: people.accounts,
      recordings,
      clock,
      logger: silentLogger,
    });
    changes = 0;
    mailboxes.on('changed', () => changes++);
    speech = await SpeechListener.open();
    speech.says({ text: 'Hello there', language: 'english', words: WORDS });
    transcripts = open();
  });
  afterEach(async () => {
    await transcripts.close();
    await speech.close();
    mailboxes.close();
    await database.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('is made of the sound, told of, and found', async () => {
    const message = await arrives();
    await becomes(message, 'ready');
    expect(await transcripts.get(mailbox, message.id)).toEqual({
      state: 'ready',
      language: 'en',
      text: 'Hello there',
      words: [{ text: 'Hello', startMs: 200, endMs: 600, confidence: 0.9 }],
    });
    expect(speech.heard).toHaveLength(1);
    expect(speech.heard[0]).toMatchObject({
      path: '/v1/audio/transcriptions',
      authorization: 'Bearer the-key',
      fields: { model: ['tiny'], response_format: ['verbose_json'] },
      sound: { name: 'recording.mp3', type: 'audio/mpeg', bytes: Buffer.from('sound') },
    });
    expect(speech.heard[0]!.fields['timestamp_granularities[]']).toContain('word');
    expect(changes).toBe(2);
    const found = (q: string) => messages.list({ mailbox, q, sort: 'newest', limit: 10 });
    expect(await found('HELLO there')).toHaveLength(1);
    expect(await found('goodbye')).toHaveLength(0);
    // Whose message it is not has nothing of it.
    await expect(transcripts.get(newId('user'), message.id)).rejects.toMatchObject({
      code: 'not_found',
    });
    await mailboxes.remove(mailbox, message.id);
    expect(await new SqlTranscripts(database).get(message.id)).toBeUndefined();
  });

  test('of a message that is forwarded goes with it, and is not made again', async () => {
    const message = await arrives();
    await becomes(message, 'ready');
    const by = { userId: mailbox, name: 'ana', displayName: 'Ana' };
    const copy = await mailboxes.forward(message, { to: await boss(), by, comment: null });
    await becomes(copy, 'ready');
    expect(await transcripts.get(copy.mailbox, copy.id)).toMatchObject({ text: 'Hello there' });
    expect(speech.heard).toHaveLength(1);
  });

  test('is tried again where the service fails twice, and does not follow it elsewhere', async () => {
    speech.behaviours = [
      { status: 503 },
      { status: 307, location: 'http://127.0.0.1:9/elsewhere' },
      { status: 200, body: JSON.stringify({ text: 'At last' }) },
    ];
    const message = await arrives();
    await becomes(message, 'ready');
    expect(await transcripts.get(mailbox, message.id)).toMatchObject({
      text: 'At last',
      words: [],
    });
    expect(speech.heard).toHaveLength(3);
  });

  test('does not wait for a service that hangs, and others get theirs', async () => {
    await transcripts.close();
    transcripts = open(150);
    speech.behaviours = ['hang', { status: 200, body: '{"text":"Hello"}' }];
    const [first, second] = [await arrives(), await arrives()];
    await becomes(second, 'ready');
    await becomes(first, 'ready');
    expect(speech.heard).toHaveLength(3);
  });

  test('is given up where there is only rubbish', async () => {
    speech.behaviours = [
      { status: 200, body: '<html>' },
      { status: 200, body: '{"text":5}' },
      { status: 200, body: 'x'.repeat(5 * 1024 * 1024) },
      { status: 200, body: 'null' },
    ];
    const message = await arrives();
    await becomes(message, 'failed');
    expect(speech.heard.length).toBeLessThanOrEqual(6);
    expect(await transcripts.get(mailbox, message.id)).toMatchObject({ text: null, words: [] });
  });

  test('that was cut short by a restart is made after it, and so is one that nobody began', async () => {
    speech.behaviours = ['hang'];
    const message = await arrives();
    await asked(1);
    await transcripts.close();
    expect(await new SqlTranscripts(database).get(message.id)).toMatchObject({
      state: 'pending',
      attempts: 0,
    });
    // Delivered, and the server was gone in the same moment.
    const forgotten = await left();
    speech.says({ text: 'Hello' });
    transcripts = open();
    await transcripts.recover();
    await becomes(message, 'ready');
    await becomes(forgotten, 'ready');
  });
});

test('of a message that somebody leaves is there for its owner, in the time of what is played', async () => {
  const speech = await SpeechListener.open();
  speech.says({ text: 'Guten Tag', language: 'de', words: [{ word: 'Guten', start: 0, end: 99 }] });
  const running = await startApp(
    { SPEECH_URL: speech.url, SPEECH_KEY: 'the-key' },
    { sounds: shortSounds },
  );
  const client = await RawClient.open(running.url);
  try {
    const ana = await Somebody.create(running, 'ana');
    const ben = await Somebody.create(running, 'ben');
    const { call } = await client.request('placeCall', { to: 'ana', name: 'Greta', video: false });
    const { message, admission } = await client.request('leaveMessage', { callId: call.id });
    const { roomId: room, token } = admission;
    const peer = new Peer({ url: running.url, room, name: 'Greta', token });
    await peer.send('microphone');
    await peer.client.join();
    await client.told('messageChanged', ({ state }) => state === 'recording');
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    await client.request('sendMessage', { messageId: message.id });
    const list = async (q = '') =>
      (await ana.read<{ items: Voicemail[] }>(`/voicemails?q=${encodeURIComponent(q)}`)).items;
    const [mine] = await waitFor(
      'it is written',
      list,
      ([one]) => one?.transcript.state === 'ready',
    );
    expect(mine!.transcript).toEqual({ state: 'ready', language: 'de' });
    expect(await list('guten tag')).toHaveLength(1);
    expect(await list('bonjour')).toEqual([]);
    const path = `/voicemails/${message.id}/transcript`;
    expect(await ana.read(path)).toEqual({
      state: 'ready',
      language: 'de',
      text: 'Guten Tag',
      words: [{ text: 'Guten', startMs: 0, endMs: mine!.durationMs, confidence: null }],
    });
    expect((await ben.rest('GET', path)).status).toBe(404);
    const folder = mkdtempSync(join(tmpdir(), 'roomtone-heard-'));
    const sound = join(folder, 'sound.mp3');
    writeFileSync(sound, speech.heard[0]!.sound.bytes);
    const { durationMs } = await hearFile(sound);
    rmSync(folder, { recursive: true });
    expect(Math.abs(durationMs - mine!.durationMs)).toBeLessThan(100);
    await ana.rest('DELETE', `/voicemails/${message.id}`);
    expect((await ana.rest('GET', path)).status).toBe(404);
    await peer.client.leave();
  } finally {
    await client.close();
    await running.close();
    await speech.close();
  }
}, 60_000);
