import { batch } from '@preact/signals';
import type { CallAdmission, CallState } from '../../server/protocol/calls.ts';
import type { CallId, RoomId, VoicemailId } from '../../server/protocol/ids.ts';
import type {
  ClientRequestData,
  ClientRequestReply,
  Notification,
  NotificationData,
} from '../../server/protocol/signaling.ts';
import { CallLine } from './CallLine.ts';
import { isOpen, withCall, withOpenCalls, type Calls } from './callRules.ts';
import type { WritableCallsStore } from './callsStore.ts';
import { systemClock, type Clock } from './clock.ts';
import { FollowedCall, type FirstWords } from './FollowedCall.ts';
import type { Request } from './Line.ts';
import { pageUrl } from './roomClientOptions.ts';
import type { SocketConstructor } from './SignalingClient.ts';
import { SignalingError } from './SignalingError.ts';

export interface CallClientOptions {
  readonly store: WritableCallsStore;
  /** The sign-in has ended. */
  readonly onSignedOut?: () => void;
  /** Default: the page's own server. */
  readonly url?: string;
  readonly WebSocket?: SocketConstructor;
  readonly clock?: Clock;
}

export interface PlacedCall {
  readonly call: CallState;
  /** Good for `follow`. */
  readonly callKey: string;
}

/** How long whoever presses a button waits for a line that is down. */
const LINE_LIMIT_MS = 8000;

/** What was said last has to be written to its end first. */
const SEND_LIMIT_MS = 30_000;

/** How long the line of a guest outlives their call. */
const LAST_WORDS_MS = 3000;

/** Calls of the person at this browser, as the server tells of them; the store shows how they go. */
export class CallClient {
  readonly #options: CallClientOptions;
  readonly #store: WritableCallsStore;
  readonly #socket: { url: string; WebSocket: SocketConstructor; clock: Clock };
  #line: CallLine | null = null;
  #followed: FollowedCall | null = null;
  #active = true;
  /** A message is left over the line of a call that has ended. */
  #leaves = false;
  /** Where it is left: the call goes on there if it is picked up. */
  #leftIn: { readonly callId: CallId; readonly admission: CallAdmission } | null = null;

  constructor(options: CallClientOptions) {
    this.#options = options;
    this.#store = options.store;
    this.#socket = {
      url: options.url ?? pageUrl(),
      WebSocket: options.WebSocket ?? globalThis.WebSocket,
      clock: options.clock ?? systemClock,
    };
  }

  /** Somebody is signed in here and can be called from now on. Idempotent. */
  signIn(): void {
    if (this.#line) return;
    this.#store.line.value = 'waiting';
    this.#line = new CallLine({
      ...this.#socket,
      introduce: (request) => this.#register(request),
      onNotification: (notification) => this.#onNotification(notification),
      onOpen: (open) => {
        this.#store.line.value = open ? 'open' : 'waiting';
      },
      onRefused: () => {
        this.signOut();
        this.#options.onSignedOut?.();
      },
    });
  }

  /** Idempotent; leaves a call alone that is followed. */
  signOut(): void {
    if (!this.#line) return;
    this.#line.close();
    this.#line = null;
    batch(() => {
      this.#store.line.value = 'off';
      this.#store.missedCalls.value = 0;
      this.#store.people.value = new Map();
      this.#store.voicemail.value = null;
      this.#store.messagesBeingLeft.value = new Map();
      this.#show(withOpenCalls(this.#store.calls.value, []));
    });
  }

  /** Is anybody at this browser? */
  setActive(active: boolean): void {
    if (this.#active === active) return;
    this.#active = active;
    // Where there is no line now, it is said with the next introduction.
    if (this.#line?.open === true) this.#line.request('setActive', { active }).catch(() => {});
  }

  /** `name`: of somebody who is not signed in. Rejects when the server says no or is not there. */
  async place(wanted: ClientRequestData<'placeCall'>): Promise<PlacedCall> {
    if (!this.#line) return this.#follow((request) => request('placeCall', wanted));
    const { to, video } = wanted;
    const line = await this.#opened();
    const placed = await line.request('placeCall', { to, video });
    this.#enter(placed.call, placed.admission);
    return placed;
  }

  /** Goes on with a call that this browser placed, before the page was loaded anew. */
  async follow(callKey: string): Promise<CallState> {
    const { call } = await this.#follow(async (request) => ({
      ...(await request('followCall', { callKey })),
      callKey,
    }));
    return call;
  }

  async answer(callId: CallId): Promise<void> {
    const line = await this.#opened();
    const { call, admission } = await line.request('answerCall', { callId });
    this.#enter(call, admission);
  }

  async decline(callId: CallId): Promise<void> {
    await (await this.#opened()).request('declineCall', { callId });
  }

  async hangUp(callId: CallId): Promise<void> {
    await (await this.#opened()).request('hangUp', { callId });
  }

  async hold(callId: CallId, held: boolean): Promise<void> {
    this.#take(await (await this.#opened()).request('holdCall', { callId, held }));
  }

  /** Go on with it here; another device of the same person leaves it. */
  async move(callId: CallId): Promise<CallState> {
    const line = await this.#opened();
    const { call, admission } = await line.request('moveCall', { callId });
    this.#enter(call, admission);
    return call;
  }

  async add(callId: CallId, user: string): Promise<void> {
    this.#take(await (await this.#opened()).request('addToCall', { callId, user }));
  }

  /** One is out of it at once. */
  async transfer(wanted: ClientRequestData<'transferCall'>): Promise<void> {
    await (await this.#opened()).request('transferCall', wanted);
    const call = this.#store.calls.value.get(wanted.callId);
    if (call) this.left(call.roomId);
  }

  /** This device is in the room of a call no more. */
  left(roomId: RoomId): void {
    this.#store.places.value = this.#store.places.value.filter((place) => place.roomId !== roomId);
    // How it ended may be on its way.
    this.#unfollowSoon();
  }

  /** Instead of ringing on, of a call that nobody answered, or as a reply to a message; `messageOver` when it is left. `language`: of the greeting, ISO 639. */
  async leaveMessage(
    about: { readonly callId: CallId } | { readonly replyTo: VoicemailId },
    language?: string,
  ): Promise<ClientRequestReply<'leaveMessage'>> {
    this.#leaves = true;
    try {
      const left = await (
        await this.#opened()
      ).request('leaveMessage', {
        ...about,
        ...(language !== undefined && { language }),
      });
      if ('callId' in about) {
        this.#leftIn = { callId: about.callId, admission: left.admission };
      }
      this.#store.draft.value = left.message;
      return left;
    } catch (error) {
      this.messageOver();
      throw error;
    }
  }

  async stopMessage(messageId: VoicemailId): Promise<void> {
    await (await this.#opened()).request('stopMessage', { messageId });
  }

  async recordAgain(messageId: VoicemailId): Promise<void> {
    await (await this.#opened()).request('recordAgain', { messageId });
  }

  /** Resolves once it is safe on the server's disk. */
  async sendMessage(wanted: ClientRequestData<'sendMessage'>): Promise<void> {
    const line = await this.#opened();
    this.#store.draft.value = await line.request('sendMessage', wanted, SEND_LIMIT_MS);
  }

  async cancelMessage(messageId: VoicemailId): Promise<void> {
    await (await this.#opened()).request('cancelMessage', { messageId });
  }

  /** The way in to hear a message that is being left for oneself. */
  async listenToMessage(messageId: VoicemailId): Promise<CallAdmission> {
    return (await (await this.#opened()).request('listenToMessage', { messageId })).admission;
  }

  /** Talks to who is leaving it. */
  async pickUpMessage(messageId: VoicemailId): Promise<CallState> {
    const line = await this.#opened();
    const { call, admission } = await line.request('pickUpMessage', { messageId });
    this.#enter(call, admission);
    return call;
  }

  /** Nobody leaves a message here any more. Idempotent. */
  messageOver(): void {
    if (!this.#leaves) return;
    this.#leaves = false;
    this.#leftIn = null;
    this.#store.draft.value = null;
    if (!this.#goesOn()) this.#unfollowSoon();
  }

  networkChanged(): void {
    this.#line?.networkChanged();
    this.#followed?.line.networkChanged();
  }

  async #register(request: Request): Promise<void> {
    const active = this.#active;
    const { calls, missedCalls, messagesBeingLeft } = await request('register', { active });
    batch(() => {
      this.#store.missedCalls.value = missedCalls;
      this.#store.messagesBeingLeft.value = new Map(
        messagesBeingLeft.map((message) => [message.messageId, message]),
      );
      this.#show(withOpenCalls(this.#store.calls.value, calls));
    });
    if (active !== this.#active) await request('setActive', { active: this.#active });
  }

  /** Who is not signed in has a line for the length of the call. */
  async #follow(first: FirstWords): Promise<PlacedCall> {
    this.#followed?.line.close();
    const followed = new FollowedCall({
      ...this.#socket,
      first,
      onNotification: (notification) => this.#onNotification(notification),
      onCall: (call) => this.#take(call),
      onLost: (call) => this.#take({ ...call, state: 'ended', ringUntil: null }),
    });
    this.#followed = followed;
    const { call, callKey, admission } = await followed.started;
    this.#enter(call, admission);
    return { call, callKey };
  }

  async #opened(): Promise<CallLine> {
    const line = this.#line ?? this.#followed?.line;
    if (!line) throw new SignalingError('closed', 'no line to the server');
    await line.opened(LINE_LIMIT_MS);
    return line;
  }

  #mailboxChanged({ mailbox, ...summary }: NotificationData<'voicemailChanged'>): void {
    if (mailbox === undefined) this.#store.voicemail.value = summary;
    else {
      const before = this.#store.sharedMailboxes.value;
      this.#store.sharedMailboxes.value = new Map(before).set(mailbox, summary);
    }
  }

  #onNotification({ name, data }: Notification): void {
    if (name === 'callChanged') this.#take(data);
    else if (name === 'callMoved') this.#moved(data.fromCallId, data.call, data.admission);
    else if (name === 'missedCallsChanged') this.#store.missedCalls.value = data.missedCalls;
    else if (name === 'messageChanged') this.#store.draft.value = data;
    else if (name === 'voicemailChanged') this.#mailboxChanged(data);
    else if (name === 'messageBeingLeft') {
      const before = this.#store.messagesBeingLeft.value;
      this.#store.messagesBeingLeft.value = new Map(before).set(data.messageId, data);
    } else if (name === 'messageLevel') {
      const { messageId, volume } = data;
      const levels = new Map(this.#store.messageLevels.value);
      if (volume === null) levels.delete(messageId);
      else levels.set(messageId, volume);
      this.#store.messageLevels.value = levels;
    } else if (name === 'presenceChanged') {
      this.#store.people.value = new Map(this.#store.people.value).set(data.name, data);
    }
  }

  #take(call: CallState): void {
    const left = this.#leftIn;
    batch(() => {
      // Whoever leaves a message is where the call goes on.
      if (left?.callId === call.id && call.state === 'active') this.#add(left.admission);
      this.#show(withCall(this.#store.calls.value, call));
    });
  }

  #enter(call: CallState, admission: CallAdmission | undefined): void {
    batch(() => {
      this.#take(call);
      if (admission !== undefined && call.state !== 'ended') this.#add(admission);
    });
  }

  #add({ roomId, token }: CallAdmission): void {
    const others = this.#store.places.value.filter((place) => place.roomId !== roomId);
    this.#store.places.value = [...others, { roomId, token }];
  }

  /** Whoever is in the room of the call before goes on in that of the new one. */
  #moved(fromCallId: CallId, call: CallState, admission: CallAdmission): void {
    const before = this.#store.calls.value.get(fromCallId);
    const isHere = this.#store.places.value.some(({ roomId }) => roomId === before?.roomId);
    batch(() => {
      if (before && isHere) {
        this.#add(admission);
        this.left(before.roomId);
      }
      this.#take(call);
    });
  }

  #show(calls: Calls): void {
    this.#store.calls.value = calls;
    if (this.#goesOn()) return;
    // A message may be left now.
    if ([...calls.values()].some(({ mailbox }) => mailbox)) this.#unfollowSoon();
    else this.#unfollow();
  }

  #unfollowSoon(): void {
    const followed = this.#followed;
    if (!followed) return;
    this.#socket.clock.after(LAST_WORDS_MS, () => {
      const isOver = this.#store.places.value.length === 0 && !this.#leaves;
      if (this.#followed === followed && isOver) this.#unfollow();
    });
  }

  #goesOn(): boolean {
    return (
      this.#leaves ||
      this.#store.places.value.length > 0 ||
      [...this.#store.calls.value.values()].some(isOpen)
    );
  }

  #unfollow(): void {
    this.#followed?.line.close();
    this.#followed = null;
  }
}
