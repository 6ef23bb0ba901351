import { describe, expect, it } from 'vitest';
import type { RecordingSettings, RecordingStatus } from '../../../server/protocol/recordings.ts';
import { recordingWarning } from './recordingWarning.ts';
import { aRecordingStatus } from '../../../test/support/aRecordingStatus.ts';

const settings = (more: Partial<RecordingSettings> = {}): RecordingSettings => ({
  allowed: 'moderators',
  automatic: false,
  consent: false,
  keepDays: null,
  keepBytes: null,
  ...more,
});

const status = aRecordingStatus;

const warn = (recording: RecordingSettings, recordingStatus: RecordingStatus | null) =>
  recordingWarning({ recording, recordingStatus });

describe('recordingWarning', () => {
  it('is not given where nothing is recorded', () => {
    expect(warn(settings({ consent: true, allowed: 'everybody' }), null)).toBeNull();
  });

  it('says that it is recorded, since when and by whom', () => {
    const warning = warn(settings(), status());
    expect(warning).toMatchObject({ title: 'This call is being recorded', asks: false });
    expect(warning?.words).toMatch(/^Since .+, started by Ana\.$/);
  });

  it('warns of a paused recording, and of one that begins with the first to come', () => {
    expect(warn(settings(), status({ state: 'paused' }))?.words).toMatch(/may go on at any time/);
    expect(warn(settings({ automatic: true }), null)?.title).toBe(
      'This room is recorded while people are in it',
    );
  });

  it('asks where consent is needed, by the recording that runs before the setting', () => {
    expect(warn(settings(), status({ consentRequired: true }))?.asks).toBe(true);
    expect(warn(settings({ consent: true }), status())?.asks).toBe(false);
    expect(warn(settings({ automatic: true, consent: true }), null)?.asks).toBe(true);
  });
});
