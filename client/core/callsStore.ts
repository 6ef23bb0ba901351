import { signal, type ReadonlySignal, type Signal } from '@preact/signals';
import type { CallState } from '../../server/protocol/calls.ts';
import type { CallId, RoomId, VoicemailId } from '../../server/protocol/ids.ts';
import type { Person } from '../../server/protocol/people.ts';
import type {
  DraftState,
  MessageBeingLeft,
  VoicemailSummary,
} from '../../server/protocol/voicemail.ts';

/** `off`: nobody is signed in and no call is followed. */
export type LineState = 'off' | 'waiting' | 'open';

/** The room of a call that this device is in, and what lets it in. */
export interface CallPlace {
  readonly roomId: RoomId;
  readonly token: string;
}

/** What the screens read of calls. Only `CallClient` writes it. */
export interface CallsStore {
  readonly line: ReadonlySignal<LineState>;
  /** All that were heard of, on whatever device; those that have ended too. */
  readonly calls: ReadonlySignal<ReadonlyMap<CallId, CallState>>;
  /** Where this device is, in the order it came there. */
  readonly places: ReadonlySignal<readonly CallPlace[]>;
  readonly missedCalls: ReadonlySignal<number>;
  /** By user name: who was heard of since the line opened. */
  readonly people: ReadonlySignal<ReadonlyMap<string, Person>>;
  /** The message that is left here, as it was heard of last. */
  readonly draft: ReadonlySignal<DraftState | null>;
  /** What is in one's mailbox; null: nothing was heard of it since the line opened. */
  readonly voicemail: ReadonlySignal<VoicemailSummary | null>;
  /** And in those that one looks after with others, by name. */
  readonly sharedMailboxes: ReadonlySignal<ReadonlyMap<string, VoicemailSummary>>;
  /** Messages that are being left for oneself, and what became of those that were. */
  readonly messagesBeingLeft: ReadonlySignal<ReadonlyMap<VoicemailId, MessageBeingLeft>>;
  /** dBov; of whose caller can be heard. */
  readonly messageLevels: ReadonlySignal<ReadonlyMap<VoicemailId, number>>;
}

export interface WritableCallsStore extends CallsStore {
  readonly line: Signal<LineState>;
  readonly calls: Signal<ReadonlyMap<CallId, CallState>>;
  readonly places: Signal<readonly CallPlace[]>;
  readonly missedCalls: Signal<number>;
  readonly people: Signal<ReadonlyMap<string, Person>>;
  readonly draft: Signal<DraftState | null>;
  readonly voicemail: Signal<VoicemailSummary | null>;
  readonly sharedMailboxes: Signal<ReadonlyMap<string, VoicemailSummary>>;
  readonly messagesBeingLeft: Signal<ReadonlyMap<VoicemailId, MessageBeingLeft>>;
  readonly messageLevels: Signal<ReadonlyMap<VoicemailId, number>>;
}

export const createCallsStore = (): WritableCallsStore => ({
  line: signal<LineState>('off'),
  calls: signal<ReadonlyMap<CallId, CallState>>(new Map()),
  places: signal<readonly CallPlace[]>([]),
  missedCalls: signal(0),
  people: signal<ReadonlyMap<string, Person>>(new Map()),
  draft: signal<DraftState | null>(null),
  voicemail: signal<VoicemailSummary | null>(null),
  sharedMailboxes: signal<ReadonlyMap<string, VoicemailSummary>>(new Map()),
  messagesBeingLeft: signal<ReadonlyMap<VoicemailId, MessageBeingLeft>>(new Map()),
  messageLevels: signal<ReadonlyMap<VoicemailId, number>>(new Map()),
});
