import { newId } from '../../server/protocol/ids.ts';
import type { RecordingRecord } from '../../server/recordings/RecordingRecord.ts';

/** A record as a new recording has it, with what the test says otherwise. */
export const aRecord = (patch: Partial<RecordingRecord> = {}): RecordingRecord => ({
  version: 1,
  id: newId('rec'),
  room: { id: newId('room'), name: 'standup' },
  ownerSecretHash: '0'.repeat(64),
  state: 'requested',
  title: null,
  tags: [],
  startedBy: null,
  startedAt: 0,
  endedAt: null,
  durationMs: 0,
  partial: false,
  gaps: [],
  people: [],
  files: [],
  health: null,
  progress: null,
  stopReason: null,
  failure: null,
  consentRequired: false,
  keepDays: null,
  keepBytes: null,
  ...patch,
});
