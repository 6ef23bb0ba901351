import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { newId, type UserId } from '../../server/protocol/ids.ts';
import { Database } from '../../server/storage/Database.ts';
import { SqlMessages } from '../../server/storage/SqlMessages.ts';
import type { Message } from '../../server/voicemail/Message.ts';
import { RawClient } from '../support/rawClient.ts';
import { Somebody } from '../support/Somebody.ts';
import { startApp, type RunningApp } from '../support/startApp.ts';

/** One message with all that a mailbox may hold. */
const LARGEST: Omit<Message, 'id' | 'mailbox' | 'recordingId'> = {
  from: { userId: null, name: null, displayName: 'Ben' },
  reason: 'noAnswer',
  state: 'delivered',
  createdAt: 0,
  durationMs: 20_000,
  partial: false,
  pickedUp: false,
  forwardedBy: null,
  comment: null,
  takenBy: null,
  files: [
    {
      name: 'recording.m4a',
      kind: 'audio',
      participant: null,
      source: null,
      type: 'audio/mp4',
      bytes: 2 * 1024 ** 3,
      durationMs: 20_000,
      sha256: 'a'.repeat(64),
    },
  ],
  urgent: false,
  note: null,
  readAt: null,
  folder: 'inbox',
  trashedAt: null,
};

describe('no message is left, and the caller is told before they speak,', () => {
  let data: string;
  let running: RunningApp;
  let ana: Somebody;
  let client: RawClient | undefined;

  beforeEach(async () => {
    data = mkdtempSync(join(tmpdir(), 'roomtone-refused-'));
    running = await startApp({ DATA_DIR: data });
    ana = await Somebody.create(running, 'ana');
  });
  afterEach(async () => {
    await client?.close();
    await running.close();
    rmSync(data, { recursive: true, force: true });
  });

  const callInVain = async () => {
    client = await RawClient.open(running.url);
    const placed = { to: 'ana', name: 'Greta', video: false };
    const { call } = await client.request('placeCall', placed);
    return { call, leaving: client.request('leaveMessage', { callId: call.id }) };
  };

  test('where the mailbox is full', async () => {
    const { id: mailbox } = await ana.read<{ id: UserId }>('/users/me');
    await running.close();
    await fill(mailbox);
    running = await startApp({ DATA_DIR: data });
    const { leaving } = await callInVain();
    await expect(leaving).rejects.toMatchObject({ code: 'mailbox_full' });
  }, 30_000);

  test('by whom the callee has blocked, in the words of who is not there', async () => {
    await ana.rest('PUT', '/users/me/call-plan', { rules: [], blocked: [], blockGuests: true });
    const { call, leaving } = await callInVain();
    expect(call).toMatchObject({ state: 'ended', outcome: 'unavailable' });
    await expect(leaving).rejects.toMatchObject({ code: 'not_found' });
  }, 30_000);

  const fill = async (mailbox: UserId): Promise<void> => {
    const database = await Database.open(join(data, 'roomtone.db'));
    try {
      await new SqlMessages(database).put({
        ...LARGEST,
        id: newId('vm'),
        mailbox,
        recordingId: newId('rec'),
      });
    } finally {
      await database.close();
    }
  };
});
