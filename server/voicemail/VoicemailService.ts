import type { Account } from '../accounts/Account.ts';
import { hashSecret, newSecret } from '../accounts/secret.ts';
import { signJoinToken } from '../accounts/tokens.ts';
import { AppError } from '../base/AppError.ts';
import type { Clock } from '../base/Clock.ts';
import type { Logger } from '../base/logger.ts';
import {
  newId,
  type RecordingId,
  type RoomId,
  type SignInId,
  type UserId,
  type VoicemailId,
} from '../protocol/ids.ts';
import type { Source } from '../protocol/media.ts';
import type { RecordingRecord } from '../recordings/RecordingRecord.ts';
import type { RecordingService } from '../recordings/RecordingService.ts';
import type { RoomRegistry } from '../rooms/RoomRegistry.ts';
import type { CallAdmission } from '../protocol/calls.ts';
import { Draft, type DraftListener } from './Draft.ts';
import type { Greetings } from './Greetings.ts';
import type { Mailboxes } from './Mailboxes.ts';
import {
  mediaOf,
  problemOf,
  type Message,
  type MessageStore,
  type Reason,
  type Sender,
} from './Message.ts';
import type { Sounds } from './Sounds.ts';
import { unlessGone } from './unlessGone.ts';

const HEARD: ReadonlySet<Source> = new Set(['microphone']);
const SEEN: ReadonlySet<Source> = new Set([...HEARD, 'camera']);
const MAX_MS = 180_000;
/** As long as of a call, which it can become. */
const TOKEN_SECONDS = 24 * 3_600;
const LISTENER_TOKEN_SECONDS = 3_600;
/** Of one mailbox at once: more is a flood. */
const MAX_DRAFTS_PER_MAILBOX = 100;

export interface VoicemailServiceOptions {
  readonly store: MessageStore;
  readonly mailboxes: Mailboxes;
  readonly rooms: RoomRegistry;
  readonly recordings: RecordingService;
  readonly sounds: Sounds;
  readonly greetings: Greetings;
  readonly tokenSecret: Uint8Array;
  readonly clock: Clock;
  readonly logger: Logger;
}

export interface Leaving {
  readonly mailbox: Account;
  readonly from: Sender;
  /** The identity that the caller has in the room. */
  readonly leg: string;
  /** It can become one; else nobody can pick up. */
  readonly isOfCall: boolean;
  readonly reason: Reason;
  /** Of the caller, ISO 639. */
  readonly language: string | undefined;
  readonly listener: DraftListener;
}

export interface Begun {
  readonly draft: Draft;
  readonly messageKey: string;
  readonly admission: CallAdmission;
}

/** Messages from the first click to "saved": two phases, and what a crash left is delivered. */
export class VoicemailService {
  readonly #options: VoicemailServiceOptions;
  readonly #drafts = new Map<VoicemailId, Draft>();

  constructor(options: VoicemailServiceOptions) {
    this.#options = options;
    options.recordings.on('finished', (record) => {
      this.#finished(record).catch((error: unknown) => {
        options.logger.error({ recording: record.id, err: error }, 'message not delivered');
      });
    });
  }

  /** After a crash: what was said and is long enough is delivered, as cut short. */
  async recover(): Promise<void> {
    const { store, recordings } = this.#options;
    for (const message of await store.pending()) {
      // Asked by the message: it may not have known yet that it is recorded.
      const record = await recordings.ofMessage(message.id);
      if (!record) await store.remove(message.id);
      // Otherwise it is being finished, and `finished` tells.
      else if (isDone(record)) await this.#deliverLeft(message, record);
    }
  }

  /** AppError `not_found` when no messages are taken, `mailbox_full` before anybody has spoken, `disk_full`, `unavailable`. */
  async leave(leaving: Leaving): Promise<Begun> {
    if (this.ofMailbox(leaving.mailbox.id).length >= MAX_DRAFTS_PER_MAILBOX) throw tooMany();
    const release = await this.#options.mailboxes.space.reserve(leaving.mailbox);
    try {
      const begun = await this.#begin(leaving);
      begun.draft.once('over', release);
      return begun;
    } catch (error) {
      release();
      throw error;
    }
  }

  async #begin(leaving: Leaving): Promise<Begun> {
    const { mailbox, from, leg, isOfCall, reason, language, listener } = leaving;
    const { store, greetings, rooms, clock, logger, recordings, sounds } = this.#options;
    const greeting = await greetings.soundFor(mailbox, { reason, language });
    const message = newMessage({ mailbox, from, reason, at: clock.now() });
    await store.put(message);
    const { room } = rooms.create({ recording: { consent: true } });
    const messageKey = newSecret();
    const draft = new Draft(message, {
      room,
      leg,
      keyHash: hashSecret(messageKey),
      rooms,
      recordings,
      store,
      sounds,
      greeting,
      maxMs: MAX_MS,
      sources: mailbox.settings.videoMessages ? SEEN : HEARD,
      clock,
      logger,
      listener,
    });
    this.#drafts.set(message.id, draft);
    draft.once('over', () => this.#drafts.delete(message.id));
    draft.on('abandoned', (partial) => this.#by(draft, this.#deliver(draft, { partial })));
    const admission = await this.#admit(room.id, {
      identity: leg,
      name: from.displayName,
      grants: { roomJoin: true },
      ttlSeconds: TOKEN_SECONDS,
      isLeg: isOfCall,
    });
    return { draft, messageKey, admission };
  }

  /** Those that somebody is left now. */
  ofMailbox(mailbox: UserId): readonly Draft[] {
    return [...this.#drafts.values()].filter(({ message }) => message.mailbox === mailbox);
  }

  /** The room of a message is for who leaves it, and who may listen to it. */
  inRoom(id: RoomId): Draft | undefined {
    return [...this.#drafts.values()].find(({ room }) => room.id === id);
  }

  /** The way in for one who hears it and is neither heard nor seen. AppError `wrong_state`. */
  listen(draft: Draft, signInId: SignInId): Promise<CallAdmission> {
    return this.#admit(draft.room.id, {
      identity: draft.listen(signInId),
      grants: { roomJoin: true, canPublish: false, canSubscribe: true },
      ttlSeconds: LISTENER_TOKEN_SECONDS,
      isUnseen: true,
    });
  }

  /** Nobody listens by this sign-in any more. */
  signedOut(mailbox: UserId, signInId: SignInId): void {
    for (const draft of this.ofMailbox(mailbox)) draft.audience.sendAway(signInId);
  }

  /** Its owner talks to the caller from now on; what was said by then is kept. AppError `wrong_state`. */
  pickUp(draft: Draft): void {
    draft.pickUp();
    this.#by(draft, this.#keep(draft));
  }

  /** AppError `not_found`. */
  draft(id: VoicemailId): Draft {
    const draft = this.#drafts.get(id);
    if (!draft) throw notThere();
    return draft;
  }

  /** Of a message that is not sent yet, for its caller; undefined: not with this key. */
  mediaByKey(id: VoicemailId, key: string): RecordingId | undefined {
    const draft = this.#drafts.get(id);
    return draft?.opensWith(key) ? (draft.message.recordingId ?? undefined) : undefined;
  }

  /** Resolves once it is safe in the mailbox. AppError `wrong_state` when there is nothing to send. */
  send(draft: Draft, patch: { urgent?: boolean; note?: string }): Promise<void> {
    return this.#deliver(draft, { ...patch, partial: false });
  }

  /** Its owner is no longer known here: nobody is left anything any more. Idempotent. */
  async mailboxGone(mailbox: UserId): Promise<void> {
    for (const draft of this.ofMailbox(mailbox)) await draft.cancel('failed');
    await this.#options.mailboxes.sweep();
  }

  /** Those being left end as if their callers had gone: what was said is delivered at the next start. */
  async close(): Promise<void> {
    await Promise.all([...this.#drafts.values()].map((draft) => draft.close()));
  }

  async #deliver(
    draft: Draft,
    { urgent, note, partial }: { urgent?: boolean; note?: string; partial: boolean },
  ): Promise<void> {
    await draft.deliver(() =>
      this.#save(draft, {
        ...draft.message,
        ...(urgent !== undefined && { urgent }),
        ...(note !== undefined && note.trim() !== '' && { note: note.trim() }),
        partial: partial || draft.message.partial,
      }),
    );
  }

  /** What was said before the call that it became. */
  async #keep(draft: Draft): Promise<void> {
    try {
      await draft.kept();
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return draft.discard();
    }
    await this.#save(draft, draft.message);
  }

  async #save(draft: Draft, what: Message): Promise<void> {
    const message: Message = { ...what, state: 'delivered' };
    if (!(await this.#options.store.deliver(message))) throw notThere();
    draft.saved(message);
    await this.#options.mailboxes.arrived(message);
  }

  async #admit(
    roomId: RoomId,
    options: Omit<Parameters<typeof signJoinToken>[0], 'room'>,
  ): Promise<CallAdmission> {
    const { tokenSecret, clock } = this.#options;
    const { token } = await signJoinToken({ ...options, room: roomId }, tokenSecret, clock.now());
    return { roomId, token };
  }

  /** With nobody to tell how it went. */
  #by({ message: { id } }: Draft, work: Promise<void>): void {
    work.catch((error: unknown) => {
      this.#options.logger.error({ message: id, err: error }, 'message not delivered');
    });
  }

  /** A recording of a message has its files, or never will. */
  async #finished(record: RecordingRecord): Promise<void> {
    if (record.voicemail === undefined) return;
    const draft = this.#drafts.get(record.voicemail);
    if (draft) return draft.recorded(record);
    const message = await this.#options.store.get(record.voicemail);
    if (message?.state === 'pending') await this.#deliverLeft(message, record);
    // It was cancelled as it began, and the server died before it was gone.
    if (!message && record.state === 'ready' && problemOf(record)) {
      await this.#options.recordings.delete(record.id);
    }
  }

  async #deliverLeft(message: Message, record: RecordingRecord): Promise<void> {
    const { store, mailboxes, recordings } = this.#options;
    // One that failed is kept for the operator, and tried again at the next start.
    if (record.state !== 'ready') return;
    if (problemOf(record)) {
      await recordings.delete(record.id).catch(unlessGone);
      await store.remove(message.id);
      return;
    }
    const delivered = {
      ...message,
      recordingId: record.id,
      ...mediaOf(record),
      partial: !message.pickedUp,
      state: 'delivered' as const,
    };
    if (await store.deliver(delivered)) await mailboxes.arrived(delivered);
  }
}

const isDone = ({ state }: RecordingRecord): boolean => state === 'ready' || state === 'failed';

const newMessage = ({
  mailbox,
  from,
  reason,
  at,
}: {
  mailbox: Account;
  from: Sender;
  reason: Reason;
  at: number;
}): Message => ({
  id: newId('vm'),
  mailbox: mailbox.id,
  from,
  reason,
  state: 'pending',
  createdAt: at,
  recordingId: null,
  durationMs: 0,
  partial: false,
  pickedUp: false,
  files: [],
  urgent: false,
  note: null,
  forwardedBy: null,
  comment: null,
  takenBy: null,
  readAt: null,
  folder: 'inbox',
  trashedAt: null,
});

const notThere = (): AppError => new AppError('not_found', 'There is no such message.');

const tooMany = (): AppError =>
  new AppError('unavailable', 'Too many are leaving messages there just now.', {
    retryAfterSeconds: 60,
  });
