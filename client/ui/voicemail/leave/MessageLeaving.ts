import {
  computed,
  effect,
  signal,
  untracked,
  type ReadonlySignal,
  type Signal,
} from '@preact/signals';
import type { CallState } from '../../../../server/protocol/calls.ts';
import type { RoomId, VoicemailId } from '../../../../server/protocol/ids.ts';
import type { DraftState } from '../../../../server/protocol/voicemail.ts';
import type { CallClient } from '../../../core/CallClient.ts';
import type { CallsStore } from '../../../core/callsStore.ts';
import type { RoomClient } from '../../../core/RoomClient.ts';
import { createCallStore, type WritableCallStore } from '../../../core/store.ts';
import { AudioGate } from '../../call/AudioGate.ts';
import type { LocalInput } from '../../media/LocalInput.ts';
import type { LocalMedia } from '../../media/LocalMedia.ts';
import { showToast } from '../../parts/toasts.ts';
import { changeRefusedWords } from './leaveWords.ts';

export interface MessageLeavingOptions {
  readonly call: CallState;
  /** Instead of ringing on. */
  readonly chosen: boolean;
  /** The message that is answered, and no call. */
  readonly replyTo?: VoicemailId;
  readonly client: CallClient;
  readonly calls: CallsStore;
  readonly media: LocalMedia;
  /** What the caller is called. */
  readonly name: string;
}

/** A room that is entered already. */
export interface Entered {
  readonly client: RoomClient;
  readonly room: WritableCallStore;
}

/** `asked`: the server has not answered; `lost`: the line to it, or to the room, is no more. */
export type LeavingStage = DraftState['state'] | 'asked' | 'lost';

/** Of who sits here; undefined: their browser does not say. */
const language = (): string | undefined =>
  /^[a-z]{2,3}(?=-|$)/i.exec(navigator.language)?.[0].toLowerCase();

/** A message that is left in this browser: the room it is said in, and what becomes of it. */
export class MessageLeaving {
  readonly call: CallState;
  readonly chosen: boolean;
  readonly isReply: boolean;
  readonly room = createCallStore();
  readonly audio = new AudioGate();
  readonly stage: ReadonlySignal<LeavingStage>;
  readonly draft: ReadonlySignal<DraftState | null>;
  /** By this browser's clock: from when on it is recorded. */
  readonly recordingSince: Signal<number | null> = signal(null);
  /** A button was pressed, and the server has not answered yet. */
  readonly busy: Signal<boolean> = signal(false);
  /** To listen to what was said. */
  messageKey = '';
  readonly #options: MessageLeavingOptions;
  readonly #last: Signal<DraftState | null> = signal(null);
  readonly #endings: (() => void)[] = [];
  #client: RoomClient | null = null;
  #roomId: RoomId | null = null;
  #cancelled: Promise<unknown> = Promise.resolve();
  #over = false;

  constructor(options: MessageLeavingOptions) {
    const { call, chosen, calls } = options;
    this.#options = options;
    this.call = call;
    this.chosen = chosen;
    this.isReply = options.replyTo !== undefined;
    this.draft = this.#last;
    this.stage = computed(() => {
      const state = this.#last.value?.state ?? 'asked';
      const isOver = state === 'saved' || state === 'gone';
      return !isOver && this.room.phase.value.name === 'ended' ? 'lost' : state;
    });
    this.#endings.push(
      effect(() => {
        const heard = calls.draft.value;
        untracked(() => this.#hear(heard));
      }),
    );
  }

  /** Rejects when the server takes no message there. */
  async begin(): Promise<void> {
    const { client, media, name, replyTo } = this.#options;
    // Who called to be seen is seen on, where that is wished for.
    if (!this.call.video) this.#closeCamera();
    media.microphone.wanted.value = true;
    void media.microphone.open();
    const left = await client.leaveMessage(
      replyTo === undefined ? { callId: this.call.id } : { replyTo },
      language(),
    );
    this.messageKey = left.messageKey;
    this.#last.value ??= left.message;
    if (!left.message.video) this.#closeCamera();
    const { RoomClient } = await import('../../../core/RoomClient.ts');
    if (this.#over) return;
    const { roomId: room, token } = left.admission;
    const inRoom = new RoomClient({ store: this.room, room, token, name });
    this.#client = inRoom;
    this.#roomId = room;
    this.#send(inRoom, 'microphone', media.microphone);
    if (left.message.video) this.#send(inRoom, 'camera', media.camera);
    const onOnline = () => inRoom.networkChanged();
    const onPageHide = () => void inRoom.leave();
    addEventListener('online', onOnline);
    addEventListener('pagehide', onPageHide);
    this.#endings.push(() => {
      removeEventListener('online', onOnline);
      removeEventListener('pagehide', onPageHide);
    });
    void inRoom.join();
  }

  stop(): Promise<boolean> {
    return this.#ask((id) => this.#options.client.stopMessage(id));
  }

  recordAgain(): Promise<boolean> {
    return this.#ask((id) => this.#options.client.recordAgain(id));
  }

  send(more: { urgent?: boolean; note?: string } = {}): Promise<boolean> {
    return this.#ask((id) => this.#options.client.sendMessage({ messageId: id, ...more }));
  }

  /** Nothing of it is left. */
  cancel(): void {
    const id = this.#last.peek()?.id;
    if (id === undefined || this.#isSafe) return;
    this.#cancelled = this.#options.client.cancelMessage(id).catch(() => {});
  }

  /** Picked up: the call goes on in this room, and is not of this class any more. Null: not here. */
  handOver(roomId: RoomId): Entered | null {
    const client = this.#client;
    if (this.#over || client === null || roomId !== this.#roomId) return null;
    this.#client = null;
    this.close();
    return { client, room: this.room };
  }

  /** Out of the room. What was said, and neither sent nor cancelled, the server delivers. Idempotent. */
  close(): void {
    if (this.#over) return;
    this.#over = true;
    for (const end of this.#endings) end();
    // A call that goes on shows what was shown.
    if (this.#client !== null) this.#closeCamera();
    // Who leaves the room before the server knows that it is cancelled has left a message.
    void this.#cancelled.then(() => this.#client?.leave());
    this.#options.client.messageOver();
  }

  get #isSafe(): boolean {
    const state = this.#last.peek()?.state;
    return state === 'saved' || state === 'gone' || state === 'pickedUp';
  }

  #hear(heard: DraftState | null): void {
    const known = this.#last.peek();
    if (heard === null || (known !== null && known.id !== heard.id)) return;
    if (heard.state === 'recording' && known?.state !== 'recording') {
      this.recordingSince.value = Date.now();
    }
    this.#last.value = heard;
    // The room is of no more use, and nobody is to be heard in it.
    if (!this.#isSafe || heard.state === 'pickedUp') return;
    this.#closeCamera();
    void this.#client?.leave();
  }

  #closeCamera(): void {
    const { camera } = this.#options.media;
    camera.wanted.value = false;
    camera.close();
  }

  /** What the device gives is what is sent, whenever it changes. */
  #send(inRoom: RoomClient, source: 'microphone' | 'camera', input: LocalInput): void {
    this.#endings.push(
      effect(() => {
        const track = input.track.value;
        untracked(() => this.#publish(inRoom, source, track));
      }),
    );
  }

  #publish(
    inRoom: RoomClient,
    source: 'microphone' | 'camera',
    track: MediaStreamTrack | null,
  ): void {
    if (track === null && !this.room.local.peek().has(source)) return;
    const sent =
      track === null
        ? inRoom.setPaused(source, true)
        : inRoom.publish(source, track, { paused: false });
    sent.catch(() => {
      const isOver = this.#over || this.#isSafe;
      if (!isOver) showToast(`Your ${source} could not be sent.`, { kind: 'error' });
    });
  }

  async #ask(work: (id: DraftState['id']) => Promise<void>): Promise<boolean> {
    const id = this.#last.peek()?.id;
    if (id === undefined || this.busy.peek()) return false;
    this.busy.value = true;
    try {
      await work(id);
      return true;
    } catch (error) {
      showToast(changeRefusedWords(error), { kind: 'error', topic: 'message' });
      return false;
    } finally {
      this.busy.value = false;
    }
  }
}
