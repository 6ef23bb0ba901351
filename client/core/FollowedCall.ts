import type { CallState } from '../../server/protocol/calls.ts';
import type { ClientRequestReply, Notification } from '../../server/protocol/signaling.ts';
import { CallLine, type CallLineOptions } from './CallLine.ts';
import type { Request } from './Line.ts';
import { SignalingError } from './SignalingError.ts';

type Followed = ClientRequestReply<'followCall'> & { readonly callKey: string };

/** What begins it: `placeCall`, or `followCall` with a key that was kept. */
export type FirstWords = (request: Request) => Promise<Followed>;

export interface FollowedCallOptions extends Pick<CallLineOptions, 'url' | 'WebSocket' | 'clock'> {
  readonly first: FirstWords;
  readonly onNotification: (notification: Notification) => void;
  /** As it stands after the line was down. */
  readonly onCall: (call: CallState) => void;
  /** The server knows it no more; as it was last. */
  readonly onLost: (call: CallState) => void;
}

/** Somebody who presses Call on a dead network is told after this. */
const FIRST_LIMIT_MS = 20_000;

/** The line of who is not signed in: it begins with a call, and is of no use once that is over. */
export class FollowedCall {
  readonly line: CallLine;
  /** Rejects with what the server said, `timeout`, or `closed`. */
  readonly started: Promise<Followed>;
  #call: CallState | null = null;

  constructor({ first, onNotification, onCall, onLost, ...socket }: FollowedCallOptions) {
    const { promise, resolve, reject } = Promise.withResolvers<Followed>();
    this.started = promise;
    let callKey: string | null = null;
    const giveUp = (error: unknown) => {
      cancel();
      reject(error);
      this.line.close();
    };
    const cancel = socket.clock.after(FIRST_LIMIT_MS, () => giveUp(new SignalingError('timeout')));
    const begin = async (request: Request) => {
      // Said once: a call that was placed and not answered for must not be placed twice.
      const begun = await first(request).catch((error: unknown) => {
        giveUp(error);
        throw error;
      });
      cancel();
      callKey = begun.callKey;
      this.#call = begun.call;
      resolve(begun);
    };
    this.line = new CallLine({
      ...socket,
      introduce: async (request) => {
        if (callKey === null) await begin(request);
        else onCall((await request('followCall', { callKey })).call);
      },
      onNotification,
      onOpen: () => {},
      onRefused: (why) => {
        if (this.#call === null) giveUp(new SignalingError('closed', why));
        else onLost(this.#call);
      },
    });
  }
}
