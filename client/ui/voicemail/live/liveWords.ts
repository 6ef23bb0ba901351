import type { MessageBeingLeft } from '../../../../server/protocol/voicemail.ts';

type State = MessageBeingLeft['state'];

const STATE_WORDS: Partial<Record<State, string>> = {
  greeting: 'They hear your greeting.',
  recording: 'They are speaking.',
  finishing: 'They have spoken.',
  recorded: 'They have spoken, and not sent it yet.',
};

/** Somebody is there who can be heard, and talked to. */
export const isBeingLeft = ({ state }: Pick<MessageBeingLeft, 'state'>): boolean =>
  STATE_WORDS[state] !== undefined;

/** “Greta is leaving a message” */
export const leavingWords = ({ from }: Pick<MessageBeingLeft, 'from'>): string =>
  `${from.displayName} is leaving a message`;

/** Where it stands. */
export const stateWords = (state: State): string => STATE_WORDS[state] ?? '';

/** All that are, for who does not see them; nothing while there is none. */
export const announcement = (messages: readonly Pick<MessageBeingLeft, 'from'>[]): string =>
  messages.map((message) => `${leavingWords(message)}.`).join(' ');
