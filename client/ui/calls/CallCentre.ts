import {
  computed,
  effect,
  signal,
  untracked,
  type ReadonlySignal,
  type Signal,
} from '@preact/signals';
import type { CallState } from '../../../server/protocol/calls.ts';
import type { CallId, RoomId, VoicemailId } from '../../../server/protocol/ids.ts';
import { CallClient } from '../../core/CallClient.ts';
import { isOpen } from '../../core/callRules.ts';
import type { CallPlace, WritableCallsStore } from '../../core/callsStore.ts';
import { LocalMedia } from '../media/LocalMedia.ts';
import { recall } from '../parts/memory.ts';
import { showToast } from '../parts/toasts.ts';
import { me, setMe } from '../people/session.ts';
import { MessageDesk } from '../voicemail/leave/MessageDesk.ts';
import { silencedWords } from './callWords.ts';
import type { Ended } from './endOfCall.ts';
import { failureWords, pickUpRefusedWords } from './failureWords.ts';
import { Leg } from './Leg.ts';
import { preloadInCall } from './loadInCall.ts';
import { Ringer } from './Ringer.ts';
import { leaveRunningCalls, type RunningCall } from './runningCalls.ts';

export interface Wanted {
  readonly to: string;
  readonly video: boolean;
}

/** What becomes of the call one is in when another one is answered. */
export type OthersAre = 'held' | 'ended';

/** All calls of this page: what rings, what is talked here, and what came of the last one. */
export class CallCentre {
  readonly store: WritableCallsStore;
  readonly client: CallClient;
  /** The devices of all calls of this page. */
  readonly media = new LocalMedia({ camera: 'off' });
  readonly ringer = new Ringer(this.media);
  readonly legs: Signal<readonly Leg[]> = signal<readonly Leg[]>([]);
  /** The one that is on the screen. */
  readonly front: ReadonlySignal<Leg | null>;
  readonly ended: Signal<Ended | null> = signal(null);
  /** Where a call in vain becomes a message. */
  readonly desk: MessageDesk;
  /** What who is not signed in is called. */
  guestName = recall('name') ?? 'Guest';
  /** A button was pressed, and the server has not answered yet. */
  readonly busy: Signal<boolean> = signal(false);
  /** Those that ring here. */
  readonly incoming: ReadonlySignal<readonly CallState[]>;
  /** Those that are talked on another device. */
  readonly elsewhere: ReadonlySignal<readonly CallState[]>;
  readonly #frontId: Signal<RoomId | null> = signal(null);
  readonly #answering: Signal<ReadonlySet<CallId>> = signal(new Set());
  readonly #keys = new Map<CallId, string>();
  #known: ReadonlyMap<CallId, CallState> = new Map();

  constructor(store: WritableCallsStore) {
    this.store = store;
    this.client = new CallClient({ store, onSignedOut: () => setMe(null) });
    this.desk = new MessageDesk({
      client: this.client,
      calls: store,
      media: this.media,
      name: () => this.#myName(),
      ended: this.ended,
    });
    this.front = computed(
      () =>
        this.legs.value.find(({ roomId }) => roomId === this.#frontId.value) ??
        this.legs.value.at(-1) ??
        null,
    );
    const calls = computed(() => [...store.calls.value.values()]);
    const isHere = ({ roomId }: CallState) =>
      store.places.value.some((place) => place.roomId === roomId);
    this.incoming = computed(() =>
      calls.value.filter(
        ({ id, direction, state }) =>
          direction === 'incoming' && state === 'ringing' && !this.#answering.value.has(id),
      ),
    );
    this.elsewhere = computed(() =>
      calls.value.filter(
        (call) => call.state === 'active' && !isHere(call) && !this.#answering.value.has(call.id),
      ),
    );
    effect(() => {
      const places = store.places.value;
      untracked(() => this.#follow(places));
    });
    effect(() => {
      const now = store.calls.value;
      untracked(() => this.#tellSilenced(now));
    });
    effect(() => {
      const [first] = this.incoming.value;
      if (first) preloadInCall();
      untracked(() => this.ringer.ringFor(first ?? null));
    });
    addEventListener('pagehide', () => leaveRunningCalls(this.#running()));
    addEventListener('online', () => this.client.networkChanged());
  }

  /** Rings somebody. Resolves when it rings, or has come to nothing. */
  async place(wanted: Wanted): Promise<void> {
    await this.#try(async () => {
      const placed = await this.client.place({ ...wanted, name: this.#myName() });
      this.#keys.set(placed.call.id, placed.callKey);
      if (!isOpen(placed.call)) {
        this.ended.value = { call: placed.call, byMe: false, room: null, talked: 0 };
      }
    });
  }

  /** As it was the last time: with or without a picture. */
  async callAgain(to: string, { direction, video }: CallState): Promise<void> {
    const seen = direction === 'outgoing' && video;
    this.#setCamera(seen);
    await this.place({ to, video: seen });
  }

  async answer(
    { id }: CallState,
    { video, others }: { video: boolean; others: OthersAre },
  ): Promise<void> {
    const before = this.front.peek();
    this.#answering.value = new Set([...this.#answering.peek(), id]);
    this.#setCamera(video);
    this.media.start();
    if (others === 'ended') before?.hangUp();
    const isHere = await this.#try(() => this.client.answer(id));
    if (!isHere) this.#forgetAnswer(id);
  }

  /** Talks to who is leaving a message; resolves with where, or null when it is too late. */
  async pickUp(messageId: VoicemailId): Promise<Leg | null> {
    this.#setCamera(false);
    this.media.start();
    let roomId: RoomId | null = null;
    await this.#try(async () => {
      ({ roomId } = await this.client.pickUpMessage(messageId));
    }, pickUpRefusedWords);
    if (roomId === null) this.closeMedia();
    return this.legs.peek().find((leg) => leg.roomId === roomId) ?? null;
  }

  async decline({ id }: CallState): Promise<void> {
    this.#answering.value = new Set([...this.#answering.peek(), id]);
    const isDone = await this.#try(() => this.client.decline(id));
    if (!isDone) this.#forgetAnswer(id);
  }

  /** Goes on here with a call that is talked on another device. */
  async move(callId: CallId): Promise<void> {
    await this.#try(() => this.client.move(callId));
  }

  /** To the screen, and off hold; the one that was there is put on hold. */
  async bringToFront(leg: Leg): Promise<void> {
    this.#frontId.value = leg.roomId;
    await leg.setHeld(false);
  }

  /** The page was loaded anew in the middle of calls. */
  async resume(calls: readonly RunningCall[]): Promise<void> {
    // Who is signed in is asked for meanwhile; the call does not wait for that.
    if (calls.some(({ signedIn }) => signedIn)) this.client.signIn();
    for (const call of calls) {
      try {
        await this.#resumeOne(call);
      } catch {
        // It is over: there is nothing to go on with.
      }
    }
  }

  /** What came of the last call has been seen. */
  dismiss(): void {
    this.desk.close();
    this.ended.value = null;
    this.closeMedia();
  }

  /** Nobody needs the devices any more, unless a call or a message does. */
  closeMedia(): void {
    if (this.legs.peek().length > 0 || this.desk.leaving.peek() !== null) return;
    this.media.close();
    this.media.camera.wanted.value = false;
  }

  #setCamera(on: boolean): void {
    if (on !== this.media.camera.wanted.peek()) void this.media.toggle('camera');
  }

  #myName(): string {
    return me()?.displayName ?? this.guestName;
  }

  async #resumeOne({ callId, callKey, signedIn }: RunningCall): Promise<void> {
    if (callKey !== null) this.#keys.set(callId, callKey);
    if (signedIn) {
      try {
        await this.client.move(callId);
        return;
      } catch (error) {
        // It may still ring: then only who has the key can go on with it.
        if (callKey === null) throw error;
      }
    }
    if (callKey !== null) await this.client.follow(callKey);
  }

  async #try(
    work: () => Promise<unknown>,
    words: (error: unknown) => string = failureWords,
  ): Promise<boolean> {
    this.busy.value = true;
    try {
      await work();
      return true;
    } catch (error) {
      showToast(words(error), { kind: 'error', topic: 'call' });
      return false;
    } finally {
      this.busy.value = false;
    }
  }

  #follow(places: readonly CallPlace[]): void {
    const { client, store, media } = this;
    const known = this.legs.peek();
    const gone = known.filter(({ roomId }) => !places.some((place) => place.roomId === roomId));
    const come = places.filter(({ roomId }) => !known.some((leg) => leg.roomId === roomId));
    const entered = new Map(come.map(({ roomId }) => [roomId, this.desk.handOver(roomId)]));
    if (come.length > 0) {
      this.desk.close();
      this.ended.value = null;
      media.start();
    }
    const legs = come.map(
      (place) =>
        new Leg({
          place,
          entered: entered.get(place.roomId) ?? null,
          client,
          media,
          calls: store,
          name: this.#myName(),
          isFront: (leg) => this.front.value === leg,
          onOver: (leg) => this.#onOver(leg),
        }),
    );
    this.legs.value = [...known.filter((leg) => !gone.includes(leg)), ...legs];
    const newest = legs.at(-1);
    if (newest) this.#frontId.value = newest.roomId;
    for (const leg of legs) leg.start();
    for (const leg of gone) leg.close();
  }

  #onOver(leg: Leg): void {
    this.legs.value = this.legs.peek().filter((other) => other !== leg);
    this.client.left(leg.roomId);
    const call = leg.main;
    if (!call || !leg.over) return;
    const { byMe, room } = leg.over;
    const answeredAt = call.answeredAt === null ? null : Date.parse(call.answeredAt);
    const talked = answeredAt === null ? 0 : Math.max(0, Date.now() - answeredAt);
    if (this.legs.peek().length === 0) this.ended.value = { call, byMe, room, talked };
    this.closeMedia();
  }

  #forgetAnswer(id: CallId): void {
    this.#answering.value = new Set([...this.#answering.peek()].filter((other) => other !== id));
  }

  #tellSilenced(now: ReadonlyMap<CallId, CallState>): void {
    for (const [id, before] of this.#known) {
      const call = now.get(id);
      const words = call && silencedWords(before, call, this.#answering.peek().has(id));
      if (words) showToast(words, { kind: 'news', topic: 'call' });
    }
    this.#known = now;
  }

  #running(): readonly RunningCall[] {
    const signedIn = me() !== null;
    const front = this.front.peek();
    const legs = this.legs.peek().filter((leg) => leg !== front);
    return [...legs, ...(front ? [front] : [])].flatMap((leg) =>
      leg.open.peek().map(({ id: callId }) => {
        const callKey = this.#keys.get(callId) ?? null;
        return { callId, callKey, signedIn };
      }),
    );
  }
}
