import type { DraftState } from '../../../../server/protocol/voicemail.ts';
import { SignalingError } from '../../../core/SignalingError.ts';
import { failureWords } from '../../calls/failureWords.ts';
import type { LeavingStage } from './MessageLeaving.ts';

export const NO_MAILBOX = 'No message can be left there.';

/** Why there is no message to be left. */
export const refusedWords = (error: unknown): string => {
  const code = error instanceof SignalingError ? error.code : 'internal';
  if (code === 'not_found') return NO_MAILBOX;
  if (code === 'mailbox_full') return 'No message can be left: the mailbox is full.';
  if (code === 'wrong_state') return 'It is too late to leave a message. Call again.';
  if (code === 'disk_full') return 'No message can be left: the server’s disk is full.';
  return `No message can be left just now. ${failureWords(error)}`;
};

/** Why a message stays as it was. */
export const changeRefusedWords = (error: unknown): string => {
  const code = error instanceof SignalingError ? error.code : 'internal';
  if (code === 'wrong_state') return error instanceof Error ? error.message : '';
  if (code === 'not_found' || code === 'timeout' || code === 'closed') {
    return 'The connection broke. Hang up, and what you have said is delivered as it is.';
  }
  return failureWords(error);
};

const PROBLEM_WORDS: Record<NonNullable<DraftState['problem']>, string> = {
  tooShort: 'That was too short for a message.',
  silent: 'Nothing can be heard in it. Is this the right microphone?',
  failed: 'It could not be kept.',
  cancelled: 'The message was cancelled.',
};

const STAGE_WORDS: Record<LeavingStage, string> = {
  asked: 'You can leave a message. Connecting…',
  waiting: 'You can leave a message. Connecting…',
  greeting: 'Listen to the greeting, and speak after the beep.',
  recording: 'Speak now: you are recorded.',
  finishing: 'One moment, your message is being finished…',
  recorded: 'Your message is recorded, and not sent yet.',
  saved: 'Saved.',
  gone: 'There is no message.',
  pickedUp: 'Somebody has picked up: you can talk now.',
  lost: 'The connection was lost. What you had said by then is delivered as it is.',
};

/** Where a message stands, for everybody. */
export const stageWords = (
  stage: LeavingStage,
  { problem }: Pick<DraftState, 'problem'> = { problem: null },
  name = '',
): string => {
  if (stage === 'saved') return `Saved. ${name} will find your message.`;
  if (problem !== null && stage === 'recorded') {
    return `${PROBLEM_WORDS[problem]} Please record it again.`;
  }
  if (problem !== null && stage === 'gone') return PROBLEM_WORDS[problem];
  return STAGE_WORDS[stage];
};

/** “1:05” */
export const clockWords = (ms: number): string => {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
};
