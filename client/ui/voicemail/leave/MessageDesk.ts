import { effect, signal, untracked, type ReadonlySignal, type Signal } from '@preact/signals';
import type { CallOutcome, CallState } from '../../../../server/protocol/calls.ts';
import type { CallId, RoomId, VoicemailId } from '../../../../server/protocol/ids.ts';
import type { Voicemail } from '../../../../server/protocol/voicemail.ts';
import type { CallClient } from '../../../core/CallClient.ts';
import type { CallsStore } from '../../../core/callsStore.ts';
import type { Ended } from '../../calls/endOfCall.ts';
import type { LocalMedia } from '../../media/LocalMedia.ts';
import { showToast } from '../../parts/toasts.ts';
import { MessageLeaving, type Entered } from './MessageLeaving.ts';
import { NO_MAILBOX, refusedWords } from './leaveWords.ts';

export interface MessageDeskOptions {
  readonly client: CallClient;
  readonly calls: CallsStore;
  readonly media: LocalMedia;
  readonly name: () => string;
  /** What came of the call that was in front last. */
  readonly ended: ReadonlySignal<Ended | null>;
}

/** Calls in vain, of which a message is left without being asked for. */
const IN_VAIN: ReadonlySet<CallOutcome | null> = new Set<CallOutcome>([
  'declined',
  'noAnswer',
  'busy',
  'unavailable',
]);

const cameToNothing = (call: CallState, { byMe }: Ended): boolean =>
  call.direction === 'outgoing' && !byMe && IN_VAIN.has(call.outcome);

/** What a reply is shown as: a call that nobody was rung by. */
const replyCall = ({ from }: Voicemail): CallState => ({
  id: `call_${crypto.randomUUID()}`,
  direction: 'outgoing',
  other: from,
  state: 'ended',
  outcome: null,
  video: false,
  startedAt: new Date().toISOString(),
  answeredAt: null,
  endedAt: null,
  via: null,
  ringUntil: null,
  roomId: `room_${crypto.randomUUID()}`,
  mailbox: true,
  heldBy: [],
});

/** Where a call that nobody answers becomes a message. */
export class MessageDesk {
  readonly leaving: Signal<MessageLeaving | null> = signal(null);
  /** Why there is no message of this call. */
  readonly refusal: Signal<{ readonly callId: CallId; readonly words: string } | null> =
    signal(null);
  readonly #options: MessageDeskOptions;
  readonly #offered = new Set<CallId>();

  constructor(options: MessageDeskOptions) {
    this.#options = options;
    effect(() => {
      const ended = options.ended.value;
      const call = ended && (options.calls.calls.value.get(ended.call.id) ?? ended.call);
      if (ended === null || call === null || !cameToNothing(call, ended)) return;
      untracked(() => {
        if (this.#offered.has(call.id)) return;
        if (call.mailbox) void this.#leave(call, false);
        else this.refusal.value = { callId: call.id, words: NO_MAILBOX };
      });
    });
  }

  /** Instead of ringing on. */
  async choose(call: CallState): Promise<void> {
    if (this.#offered.has(call.id)) return;
    await this.#leave(call, true);
  }

  /** A message into the mailbox of who left this one; nobody is rung. */
  async reply(message: Voicemail): Promise<void> {
    this.refusal.value = null;
    await this.#leave(replyCall(message), true, message.id);
  }

  /** Somebody picked up in the room of the message: the call goes on with what is there. */
  handOver(roomId: RoomId): Entered | null {
    const entered = this.leaving.peek()?.handOver(roomId) ?? null;
    if (entered !== null) this.leaving.value = null;
    return entered;
  }

  /** Out of it; what was said and not cancelled is delivered. */
  close(): void {
    this.leaving.peek()?.close();
    this.leaving.value = null;
  }

  async #leave(call: CallState, chosen: boolean, replyTo?: VoicemailId): Promise<void> {
    const { client, calls, media, name } = this.#options;
    this.close();
    this.#offered.add(call.id);
    const leaving = new MessageLeaving({
      call,
      chosen,
      ...(replyTo !== undefined && { replyTo }),
      client,
      calls,
      media,
      name: name(),
    });
    this.leaving.value = leaving;
    try {
      await leaving.begin();
    } catch (error) {
      const words = refusedWords(error);
      this.refusal.value = { callId: call.id, words };
      if (this.leaving.peek() === leaving) this.close();
      if (chosen) showToast(words, { kind: 'error', topic: 'message' });
    }
  }
}
