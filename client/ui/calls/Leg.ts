import { computed, effect, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import type { CallState } from '../../../server/protocol/calls.ts';
import type { RoomId } from '../../../server/protocol/ids.ts';
import type { CallClient } from '../../core/CallClient.ts';
import { callsIn, isOpen } from '../../core/callRules.ts';
import type { CallPlace, CallsStore } from '../../core/callsStore.ts';
import type { RoomClient } from '../../core/RoomClient.ts';
import { createCallStore, type Phase, type WritableCallStore } from '../../core/store.ts';
import type { CallSession } from '../call/CallSession.ts';
import type { LocalMedia } from '../media/LocalMedia.ts';
import { showToast } from '../parts/toasts.ts';
import type { Entered } from '../voicemail/leave/MessageLeaving.ts';
import { nameOf } from './callWords.ts';
import { loadInCall, type InCallCode } from './loadInCall.ts';

type Ending = Extract<Phase, { name: 'ended' }>;

export interface LegOptions {
  readonly place: CallPlace;
  /** The room is entered already: a message was left there. */
  readonly entered: Entered | null;
  readonly client: CallClient;
  readonly calls: CallsStore;
  readonly media: LocalMedia;
  /** What one is called there. */
  readonly name: string;
  /** Of several, the one that is talked in; a signal says so. */
  readonly isFront: (leg: Leg) => boolean;
  /** This device is out of it, for whatever reason. */
  readonly onOver: (leg: Leg) => void;
}

/** Who is left alone waits this long for what comes next. */
const ALONE_MS = 1500;

/** This device's part in a call: the room it is in, and the calls that are talked there. */
export class Leg {
  readonly room: WritableCallStore;
  /** All that were talked there, in the order they began. */
  readonly calls: ReadonlySignal<readonly CallState[]>;
  readonly open: ReadonlySignal<readonly CallState[]>;
  /** On hold by oneself. */
  readonly held: ReadonlySignal<boolean>;
  readonly heldByOther: ReadonlySignal<boolean>;
  readonly title: ReadonlySignal<string>;
  /** Nobody is there yet, and somebody is rung. */
  readonly rings: ReadonlySignal<boolean>;
  readonly screen: Signal<{ code: InCallCode; session: CallSession } | null> = signal(null);
  readonly #options: LegOptions;
  readonly #wish: Signal<boolean | null> = signal(null);
  readonly #others: ReadonlySignal<readonly string[]>;
  readonly #endings: (() => void)[] = [];
  #client: RoomClient | null = null;
  #over: { byMe: boolean; room: Ending | null } | null = null;

  constructor(options: LegOptions) {
    const { place, calls, entered } = options;
    const room = entered?.room ?? createCallStore();
    this.#options = options;
    this.room = room;
    this.calls = computed(() => callsIn(calls.calls.value, place.roomId));
    this.open = computed(() => this.calls.value.filter(isOpen));
    const isHeldBy = (side: 'self' | 'other') =>
      computed(() => this.open.value.some(({ heldBy }) => heldBy.includes(side)));
    const heldBySelf = isHeldBy('self');
    this.held = computed(() => this.#wish.value ?? heldBySelf.value);
    this.heldByOther = isHeldBy('other');
    this.#others = computed(() =>
      room.participants.value
        .filter(({ id, connection }) => id !== room.self.value?.id && connection !== 'lost')
        .map(({ name }) => name),
    );
    this.rings = computed(
      () =>
        this.#others.value.length === 0 &&
        this.open.value.length > 0 &&
        this.open.value.every(({ state }) => state === 'ringing'),
    );
    this.title = computed(() => {
      const others = this.#others.value;
      if (others.length > 0) return others.join(', ');
      const call = this.open.value.at(-1) ?? this.calls.value.at(-1);
      return call ? nameOf(call) : '';
    });
  }

  /** Enters the room. Once, and not before it is known whether it is in front. */
  start(): void {
    this.#leaveWhenAlone();
    this.#holdWhenBehind();
    void this.#enter();
  }

  get roomId(): RoomId {
    return this.#options.place.roomId;
  }

  /** Of the people it is talked with, those who have an account. */
  get names(): readonly string[] {
    return this.open.value.flatMap(({ other }) => other.name ?? []);
  }

  /** The one that says what becomes, or came, of this part. */
  get main(): CallState | undefined {
    const calls = this.calls.peek();
    const byEnd = calls.toSorted((a, b) => (a.endedAt ?? '').localeCompare(b.endedAt ?? ''));
    return calls.findLast(isOpen) ?? byEnd.at(-1);
  }

  /** How it ended; null while it has not. */
  get over(): { byMe: boolean; room: Ending | null } | null {
    return this.#over;
  }

  /** Ends it for the other one too, unless others stay. */
  hangUp(): void {
    for (const { id } of this.open.peek()) this.#options.client.hangUp(id).catch(() => {});
    this.#end({ byMe: true, room: null });
  }

  /** At once here, and then told to the other one. */
  async setHeld(held: boolean): Promise<void> {
    const talked = this.open.peek().filter(({ state }) => state === 'active');
    this.#wish.value = held;
    try {
      await Promise.all(talked.map(({ id }) => this.#options.client.hold(id, held)));
    } catch {
      const words = held ? 'The call could not be put on hold.' : 'The call is still on hold.';
      showToast(`${words} Please try again.`, { kind: 'error' });
    } finally {
      this.#wish.value = null;
    }
  }

  /** Leaves the room without a word about the call. */
  close(): void {
    this.#end({ byMe: false, room: null });
  }

  networkChanged(): void {
    this.#client?.networkChanged();
  }

  async #enter(): Promise<void> {
    const { place, media, name, entered } = this.#options;
    const store = this.room;
    try {
      const code = await loadInCall();
      if (this.#over) return;
      const { roomId: room, token } = place;
      const client = entered?.client ?? new code.RoomClient({ store, room, token, name });
      this.#client = client;
      if (entered === null) void client.join();
      const silent = computed(() => this.held.value || !this.#options.isFront(this));
      const personal = { title: this.title, held: silent };
      const session = new code.CallSession({ client, store, media, personal });
      this.screen.value = { code, session };
      this.#endings.push(
        () => session.close(),
        store.phase.subscribe((phase) => {
          if (phase.name === 'ended') this.#roomEnded(phase);
        }),
      );
    } catch {
      this.#end({ byMe: false, room: { name: 'ended', reason: 'unreachable' } });
    }
  }

  /** Leave was pressed, or the server let us go. */
  #roomEnded(ending: Ending): void {
    if (this.#over) return;
    if (ending.reason === 'left') return this.hangUp();
    const end = () => this.#end({ byMe: false, room: ending });
    if (this.open.peek().length === 0) return end();
    // A room ends with its call, and what came of that is told on another socket.
    const timer = setTimeout(end, ALONE_MS);
    this.#endings.push(() => clearTimeout(timer));
  }

  /** Whoever waits behind another call is told so. */
  #holdWhenBehind(): void {
    const isTalkedBehind = computed(
      () => !this.#options.isFront(this) && this.open.value.some(({ state }) => state === 'active'),
    );
    this.#endings.push(
      isTalkedBehind.subscribe((behind) => {
        if (behind && !this.held.peek()) void this.setHeld(true);
      }),
    );
  }

  #leaveWhenAlone(): void {
    const phase = computed(() => this.room.phase.value.name);
    const alone = computed(
      () =>
        this.open.value.length === 0 &&
        (this.#others.value.length === 0 || phase.value !== 'joined'),
    );
    this.#endings.push(
      effect(() => {
        if (!alone.value) return undefined;
        const isOver = phase.value === 'joined' ? !this.#mayComeBack : phase.value === 'ended';
        const timer = setTimeout(() => this.close(), isOver ? 0 : ALONE_MS);
        return () => clearTimeout(timer);
      }),
    );
  }

  /** Somebody passed the call on, and nobody took it. */
  get #mayComeBack(): boolean {
    const last = this.main;
    return last?.outcome === 'transferred' || (last?.via !== null && last?.answeredAt === null);
  }

  #end(how: { byMe: boolean; room: Ending | null }): void {
    if (this.#over) return;
    this.#over = how;
    for (const end of this.#endings) end();
    void this.#client?.leave();
    this.#options.onOver(this);
  }
}
