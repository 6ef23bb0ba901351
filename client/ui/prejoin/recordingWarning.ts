import type { RoomResource } from '../../../server/protocol/rest.ts';
import { originWords } from '../recording/words.ts';

export interface RecordingWarning {
  readonly title: string;
  readonly words: string;
  /** Will one be asked whether one may be recorded? */
  readonly asks: boolean;
}

const TITLES = {
  starting: 'This call is being recorded',
  recording: 'This call is being recorded',
  paused: 'The recording of this call is paused',
  stopping: 'This call was recorded until now',
} as const;

/** What somebody has to know before coming in; null: nothing is recorded. */
export const recordingWarning = ({
  recording: settings,
  recordingStatus: status,
}: Pick<RoomResource, 'recording' | 'recordingStatus'>): RecordingWarning | null => {
  if (status !== null) {
    return {
      title: TITLES[status.state],
      words:
        status.state === 'paused'
          ? `${originWords(status)} It may go on at any time.`
          : originWords(status),
      asks: status.consentRequired,
    };
  }
  if (!settings.automatic) return null;
  return {
    title: 'This room is recorded while people are in it',
    words: 'The recording begins by itself as soon as somebody comes in.',
    asks: settings.consent,
  };
};
