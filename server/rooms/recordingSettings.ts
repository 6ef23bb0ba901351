import type { RecordingSettings } from '../protocol/recordings.ts';

/** Of a room that nobody has set up. */
export const newRecordingSettings: RecordingSettings = Object.freeze({
  allowed: 'moderators',
  automatic: false,
  consent: false,
  keepDays: null,
  keepBytes: null,
});

/** Did somebody care how the room is recorded? Then it is meant to last. */
export const isSetUp = (settings: RecordingSettings): boolean =>
  Object.entries(newRecordingSettings).some(
    ([name, value]) => settings[name as keyof RecordingSettings] !== value,
  );
