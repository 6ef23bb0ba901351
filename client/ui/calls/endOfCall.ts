import type { CallOutcome, CallState } from '../../../server/protocol/calls.ts';
import type { EndReason } from '../../core/store.ts';
import { endWords } from '../after/endWords.ts';
import { durationWords } from '../parts/when.ts';
import { nameOf } from './callWords.ts';

/** A call that this device was in, or wanted to be in. */
export interface Ended {
  readonly call: CallState;
  /** One hung up oneself. */
  readonly byMe: boolean;
  /** Why the room let this device go; null: it was never in it. */
  readonly room: { readonly reason: EndReason; readonly detail?: string } | null;
  /** Milliseconds. */
  readonly talked: number;
}

export interface EndWords {
  readonly title: string;
  readonly words: string;
}

const unanswered = (name: string): Partial<Record<CallOutcome, EndWords>> => {
  const unavailable = {
    title: `${name} cannot be reached`,
    words: 'Nobody can be called under this name just now. Is it right? If so, try again later.',
  };
  return {
    declined: { title: `${name} declined`, words: 'Perhaps another time suits them better.' },
    cancelled: { title: 'You hung up', words: `${name} had not answered yet.` },
    noAnswer: {
      title: `${name} did not answer`,
      words: 'It rang for a while, and nobody came. Try again later.',
    },
    busy: { title: `${name} is in another call`, words: 'Try again in a while.' },
    unavailable,
    offline: unavailable,
    doNotDisturb: unavailable,
    blocked: unavailable,
  };
};

const OVER: Partial<Record<CallOutcome, EndWords>> = {
  failed: {
    title: 'The call did not come about',
    words: 'It was answered, but the two of you could not be connected. Try again.',
  },
  interrupted: {
    title: 'The call was interrupted',
    words: 'The server was away for too long. It is back now.',
  },
};

/** Before the server has said so: as one knows oneself. */
const outcomeOf = ({ call, byMe }: Ended): CallOutcome | null => {
  if (call.outcome !== null || !byMe) return call.outcome;
  return call.answeredAt === null ? 'cancelled' : 'completed';
};

const talkedWords = (name: string, talked: number): EndWords => ({
  title: 'The call has ended',
  words:
    talked > 0
      ? `You talked with ${name} for ${durationWords(talked)}. Your camera and microphone are off.`
      : 'Your camera and microphone are off.',
});

/** What came of a call, in words. */
export const endOfCall = (ended: Ended): EndWords => {
  const { call, room, talked } = ended;
  const name = nameOf(call);
  const outcome = outcomeOf(ended);
  if (outcome === 'transferred') {
    return { title: 'You passed the call on', words: `${name} goes on without you.` };
  }
  if (call.state !== 'ended' && room !== null && !ended.byMe) {
    if (room.reason === 'replaced') {
      return {
        title: 'The call goes on on another device',
        words: `You went on talking with ${name} there. You can bring the call back here.`,
      };
    }
    if (room.reason !== 'removed' && room.reason !== 'left') {
      return endWords(room.reason, room.detail);
    }
  }
  const known = outcome === null ? undefined : (unanswered(name)[outcome] ?? OVER[outcome]);
  return known ?? talkedWords(name, talked);
};
