import type { RecordingStatus } from '../../server/protocol/recordings.ts';

/** What everybody is told of a recording that runs well, with what the test says otherwise. */
export const aRecordingStatus = (more: Partial<RecordingStatus> = {}): RecordingStatus => ({
  id: 'rec_1',
  state: 'recording',
  startedAt: '2026-01-01T10:00:00.000Z',
  startedBy: 'Ana',
  onDiskMs: 0,
  stalled: false,
  consentRequired: false,
  unrecorded: [],
  ...more,
});
