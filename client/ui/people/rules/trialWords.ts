import type { TrialResult } from '../../../../server/protocol/calls.ts';

type Step = TrialResult['steps'][number];
type Reason = Step['because'];

const REASONS = {
  free: 'can be reached',
  always: 'has a rule for it',
  blocked: 'has blocked the caller',
  doNotDisturb: 'does not want to be disturbed',
  offline: 'is not here',
  busy: 'is in another call',
  noAnswer: 'does not answer',
  loop: 'has had the call already',
  noSuchUser: 'is nobody here',
} as const satisfies Record<Reason, string>;

const OUTCOMES = {
  forward: 'the call goes on',
  voicemail: 'the caller can leave a message',
  refuse: 'the caller is told that nobody can be reached',
} as const satisfies Record<Exclude<Step['does'], 'ring'>, string>;

/** One step of what would happen, as a sentence. */
export const stepWords = ({ user, does, because, ringSeconds, rule }: Step): string => {
  if (does === 'ring') return `It rings for @${user}, ${ringSeconds ?? 0} seconds long.`;
  const by = rule === null ? '' : ` (rule ${rule + 1} of @${user})`;
  return `@${user} ${REASONS[because]}${by}: ${OUTCOMES[does]}.`;
};
