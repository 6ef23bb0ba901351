import { afterEach, describe, expect, it, vi } from 'vitest';
import type { RecordingStatus } from '../../../server/protocol/recordings.ts';
import type { RoomClient } from '../../core/RoomClient.ts';
import { SignalingError } from '../../core/SignalingError.ts';
import { createCallStore } from '../../core/store.ts';
import type { LocalMedia } from '../media/LocalMedia.ts';
import { toasts } from '../parts/toasts.ts';
import { CallRecording } from './CallRecording.ts';
import { aRecordingStatus } from '../../../test/support/aRecordingStatus.ts';

const status = aRecordingStatus;

const asked = status({ consentRequired: true, unrecorded: ['part_me'] });

const setUp = (recording: RecordingStatus | null = null) => {
  const store = createCallStore();
  store.self.value = {
    id: 'part_me',
    role: 'owner',
    canPublish: true,
    canRecord: true,
    resumeToken: '',
  };
  store.recording.value = recording;
  const client = {
    startRecording: vi.fn<() => Promise<void>>().mockResolvedValue(),
    pauseRecording: vi.fn<() => Promise<void>>().mockResolvedValue(),
    resumeRecording: vi.fn<() => Promise<void>>().mockResolvedValue(),
    stopRecording: vi.fn<() => Promise<void>>().mockResolvedValue(),
    consentToRecording: vi.fn<(agreed: boolean) => Promise<void>>().mockResolvedValue(),
  };
  const media = { speakerId: { peek: () => '' }, routeTo: () => Promise.resolve() };
  const session = new CallRecording({
    client: client as unknown as RoomClient,
    store,
    media: media as unknown as LocalMedia,
  });
  return { store, client, session };
};

const told = () => toasts.value.map(({ text }) => text);

describe('CallRecording', () => {
  afterEach(() => {
    toasts.value = [];
  });

  it('starts, pauses, goes on and stops, by what it is now', async () => {
    const { store, client, session } = setUp();
    const answered = () => vi.waitFor(() => expect(session.busy.value).toBe(false));
    session.toggle();
    expect(client.startRecording).toHaveBeenCalledOnce();
    await answered();
    store.recording.value = status();
    session.togglePause();
    expect(client.pauseRecording).toHaveBeenCalledOnce();
    await answered();
    store.recording.value = status({ state: 'paused' });
    session.togglePause();
    expect(client.resumeRecording).toHaveBeenCalledOnce();
    await answered();
    session.toggle();
    expect(client.stopRecording).toHaveBeenCalledOnce();
  });

  it('asks once at a time, and not for who may not', () => {
    const { store, client, session } = setUp();
    session.toggle();
    session.toggle();
    expect(client.startRecording).toHaveBeenCalledOnce();
    store.self.value = { ...store.self.value!, canRecord: false };
    session.toggle();
    expect(told().at(-1)).toMatch(/whom the host lets/);
    expect(client.stopRecording).not.toHaveBeenCalled();
  });

  it('says in plain words why it could not', async () => {
    const { client, session } = setUp();
    client.startRecording.mockRejectedValue(new SignalingError('disk_full'));
    session.toggle();
    await vi.waitFor(() => expect(told()[0]).toMatch(/disk is full/));
    expect(session.startedHere.value).toBe(false);
  });

  it('tells the newest of what happens, and leaves nothing behind', () => {
    const { store, session } = setUp(status());
    expect(told()[0]).toMatch(/^This call is being recorded/);
    store.recording.value = status({ stalled: true });
    expect(toasts.value).toMatchObject([{ kind: 'error' }]);
    store.recording.value = status({ onDiskMs: 5000 });
    expect(told()).toEqual(['The recording is being written again.']);
    session.close();
    expect(told()).toEqual([]);
    store.recording.value = null;
    expect(told()).toEqual([]);
  });

  it('says so when a room that records by itself cannot', () => {
    const { store } = setUp();
    store.recordingEnd.value = { reason: 'disk' };
    expect(told()).toEqual([
      'This room records by itself, but the server’s disk is full: this call is not recorded.',
    ]);
  });

  it('asks whether one may be recorded until one has said or put it off', () => {
    const { store, client, session } = setUp();
    expect(session.asks.value).toBe(false);
    store.recording.value = asked;
    expect(session.asks.value).toBe(true);
    session.putOff();
    expect(session.asks.value).toBe(false);
    expect(session.leavesMeOut.value).toBe(true);
    expect(client.consentToRecording).not.toHaveBeenCalled();
    store.recording.value = { ...asked, id: 'rec_2' };
    expect(session.asks.value).toBe(true);
    session.answer(true);
    expect(client.consentToRecording).toHaveBeenCalledWith(true);
    expect(session.asks.value).toBe(false);
  });

  it('does not ask who has refused already, nor those who are recorded', () => {
    const { store, session } = setUp();
    store.consent.value = false;
    store.recording.value = asked;
    expect(session.asks.value).toBe(false);
    store.consent.value = null;
    store.recording.value = { ...asked, unrecorded: ['part_other'] };
    expect(session.asks.value).toBe(false);
  });

  it('changes what tiles read only when it has changed', () => {
    const { store, session } = setUp(asked);
    const { value } = session.unrecorded;
    store.recording.value = { ...asked, onDiskMs: 1000 };
    expect(session.unrecorded.value).toBe(value);
  });
});
