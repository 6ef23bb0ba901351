import { newId } from '../../server/protocol/ids.ts';
import { newRecord, type RecordingRecord } from '../../server/recordings/RecordingRecord.ts';
import { newRecordingSettings } from '../../server/rooms/recordingSettings.ts';

/** A record as a new recording has it, with what the test says otherwise. */
export const aRecord = (patch: Partial<RecordingRecord> = {}): RecordingRecord => {
  const room = {
    id: newId('room'),
    name: 'standup',
    ownerSecretHash: Buffer.alloc(32),
    ownerId: null,
    recording: newRecordingSettings,
  };
  return { ...newRecord(room, { startedBy: null, startedAt: 0 }), ...patch };
};
