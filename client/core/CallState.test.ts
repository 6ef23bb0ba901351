import { describe, expect, it } from 'vitest';
import type { RecordingStatus } from '../../server/protocol/recordings.ts';
import type { Role, RoomState, Snapshot } from '../../server/protocol/signaling.ts';
import { CallState } from './CallState.ts';
import { createCallStore } from './store.ts';
import { aRecordingStatus } from '../../test/support/aRecordingStatus.ts';

const room = (allowed: 'moderators' | 'everybody'): RoomState => ({
  id: 'room_1',
  name: 'garden',
  locked: false,
  listed: false,
  recording: { allowed, automatic: false, consent: true, keepDays: null, keepBytes: null },
});

const status = (more: Partial<RecordingStatus> = {}): RecordingStatus =>
  aRecordingStatus({ consentRequired: true, ...more });

const joined = (role: Role, recording: RecordingStatus | null = null) => {
  const store = createCallStore();
  const state = new CallState(store);
  state.replace({
    self: { id: 'part_1', role, canPublish: true, canRecord: role !== 'guest', resumeToken: 't' },
    room: room('moderators'),
    participants: [],
    activeSpeakerId: null,
    recording,
  } as unknown as Snapshot);
  return { store, state };
};

describe('the right to record', () => {
  it('comes and goes for guests with the room’s setting', () => {
    const { store, state } = joined('guest');
    expect(store.self.value?.canRecord).toBe(false);
    state.apply({ name: 'roomChanged', data: room('everybody') });
    expect(store.self.value?.canRecord).toBe(true);
    state.apply({ name: 'roomChanged', data: room('moderators') });
    expect(store.self.value?.canRecord).toBe(false);
  });

  it('stays with who has it anyway', () => {
    const { store, state } = joined('moderator');
    const self = store.self.value;
    state.apply({ name: 'roomChanged', data: room('everybody') });
    state.apply({ name: 'roomChanged', data: room('moderators') });
    expect(store.self.value).toBe(self);
  });
});

describe('the recording', () => {
  it('comes with the snapshot, grows with its progress and ends', () => {
    const { store, state } = joined('guest', status());
    const { unrecorded } = store.recording.value!;
    state.apply({ name: 'recordingProgress', data: { onDiskMs: 3000, stalled: true } });
    expect(store.recording.value).toMatchObject({ id: 'rec_1', onDiskMs: 3000, stalled: true });
    expect(store.recording.value?.unrecorded).toBe(unrecorded);
    state.apply({ name: 'recordingChanged', data: { recording: null } });
    expect(store.recordingEnd.value).toEqual({ reason: null });
    state.apply({ name: 'recordingProgress', data: { onDiskMs: 4000, stalled: false } });
    expect(store.recording.value).toBeNull();
    state.apply({ name: 'recordingChanged', data: { recording: status() } });
    expect(store.recordingEnd.value).toBeNull();
    state.apply({ name: 'recordingChanged', data: { recording: null, stopReason: 'disk' } });
    expect(store.recordingEnd.value).toEqual({ reason: 'disk' });
  });

  it('takes an answer given before it begins, and forgets it when it ends', () => {
    const { store, state } = joined('guest');
    state.setConsent(true);
    state.apply({ name: 'recordingChanged', data: { recording: status() } });
    state.apply({ name: 'recordingChanged', data: { recording: status({ state: 'paused' }) } });
    expect(store.consent.value).toBe(true);
    state.apply({ name: 'recordingChanged', data: { recording: null } });
    expect(store.consent.value).toBeNull();
  });

  it('asks anew when another one has taken its place', () => {
    const { store, state } = joined('guest', status());
    state.setConsent(false);
    state.apply({ name: 'recordingChanged', data: { recording: status({ id: 'rec_2' }) } });
    expect(store.consent.value).toBeNull();
  });
});
