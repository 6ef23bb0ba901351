import { EventEmitter } from 'node:events';
import { matchesHash } from '../accounts/secret.ts';
import { AppError } from '../base/AppError.ts';
import type { Clock } from '../base/Clock.ts';
import type { Logger } from '../base/logger.ts';
import type { SignInId } from '../protocol/ids.ts';
import type { Source } from '../protocol/media.ts';
import type { RecordedFile } from '../protocol/recordings.ts';
import type { DraftState } from '../protocol/voicemail.ts';
import type { RecordingRecord } from '../recordings/RecordingRecord.ts';
import type { RecordingService } from '../recordings/RecordingService.ts';
import type { Sound } from '../rooms/MediaRoom.ts';
import type { LeaveReason, Member } from '../rooms/Member.ts';
import type { Room } from '../rooms/Room.ts';
import type { RoomRegistry } from '../rooms/RoomRegistry.ts';
import { Greeter } from './Greeter.ts';
import { Listeners } from './Listeners.ts';
import { isFilm, mediaOf, problemOf, type Message, type MessageStore } from './Message.ts';
import { isReached, isSeen, watchSilence } from './silence.ts';
import type { Sounds } from './Sounds.ts';
import { unlessGone } from './unlessGone.ts';

/** Until the caller's browser can play what comes: sooner cuts off the first words. */
const LISTENING_MS = 800;
/** Who has not come into the room by then never will. */
const ENTER_MS = 30_000;
/** Who listened and talks now comes in anew; until then they go on hearing. */
const HANDOVER_MS = 3_000;
/** A recorded message that is neither sent nor said again is sent: its caller has wandered off. */
const DECIDE_MS = 300_000;

export interface DraftListener {
  (state: DraftState): void;
}

export interface DraftOptions {
  readonly room: Room;
  /** The identity of the caller in it. */
  readonly leg: string;
  /** Of the key with which its caller listens to it. */
  readonly keyHash: Buffer;
  readonly rooms: RoomRegistry;
  readonly recordings: RecordingService;
  readonly store: MessageStore;
  readonly sounds: Sounds;
  readonly greeting: Sound;
  readonly maxMs: number;
  /** What its owner may be left. */
  readonly sources: ReadonlySet<Source>;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly listener: DraftListener;
}

export type DraftEvents = {
  /** Where it stands is another now. */
  changed: [];
  /** How loud its caller is just now, in dBov; null: silent. */
  level: [volume: number | null];
  /** The caller is gone: deliver what there is. `partial`: in the middle of it. */
  abandoned: [partial: boolean];
  /** Saved or gone; after a pick-up, when what was said by then is in the mailbox, or nothing was. The last. */
  over: [];
};

type Stage = DraftState['state'];

/** A message while it is being left. */
export class Draft extends EventEmitter<DraftEvents> {
  message: Message;
  listener: DraftListener;
  readonly audience: Listeners;
  readonly #options: DraftOptions;
  #stage: Stage = 'waiting';
  #problem: DraftState['problem'] = null;
  #recordingSince: number | null = null;
  #greeter: Greeter | undefined;
  #alarms: (() => void)[] = [];
  #silence: (() => void) | undefined;
  #settled = Promise.withResolvers<void>();
  /** On its way into the mailbox. */
  #delivery: Promise<void> | undefined;

  constructor(message: Message, options: DraftOptions) {
    super();
    this.message = message;
    this.listener = options.listener;
    this.#options = options;
    const { room } = options;
    this.audience = new Listeners(room);
    room.on('memberJoined', this.#joined);
    room.on('memberLeft', this.#left);
    this.#settled.promise.catch(() => undefined);
    this.#alarm(ENTER_MS, () => this.#stage === 'waiting' && this.#by(this.cancel()));
  }

  get state(): DraftState {
    const { maxMs } = this.#options;
    const { files } = this.message;
    const audio = files.find(({ kind, name }) => kind === 'audio' && name.endsWith('.m4a'));
    return {
      id: this.message.id,
      state: this.#stage,
      problem: this.#problem,
      recordingSince:
        this.#recordingSince === null ? null : new Date(this.#recordingSince).toISOString(),
      maxMs,
      durationMs: this.message.durationMs,
      video: this.#options.sources.has('camera'),
      url: this.#urlOf(audio),
      videoUrl: this.#urlOf(files.find(isFilm)),
    };
  }

  get room(): Room {
    return this.#options.room;
  }

  /** Who may come into its room with a token of this identity: its caller, and who listens. */
  accepts(identity: string): boolean {
    return identity === this.#options.leg || this.audience.has(identity);
  }

  /** The identity of one more who may listen. AppError `wrong_state` when there is nobody to hear. */
  listen(signInId: SignInId): string {
    this.#checkCaller();
    return this.audience.add(signInId);
  }

  /**
   * Its owner talks to the caller from now on, and nothing more is recorded. AppError `wrong_state`
   * when the caller is gone or has sent it, or it was picked up.
   */
  pickUp(): void {
    this.#checkCaller();
    const { room, recordings, clock } = this.#options;
    const { recordingId } = this.message;
    this.#unfollow();
    if (recordingId) this.#by(recordings.stop(recordingId));
    if (this.#greeter) room.leave(this.#greeter, 'left');
    // Consent was asked for the message.
    room.update({ recording: { consent: false } });
    this.message = { ...this.message, pickedUp: true, readAt: clock.now() };
    this.#to('pickedUp');
    clock.after(HANDOVER_MS, () => this.audience.sendAway());
  }

  /** Of one that was picked up, resolves when what was said can be kept. AppError `wrong_state`: nothing. */
  async kept(): Promise<void> {
    const { recordingId } = this.message;
    if (recordingId === null) throw new AppError('wrong_state', PROBLEM_WORDS.tooShort);
    await this.#options.store.put(this.message);
    await this.#settled.promise;
  }

  /** Is it its caller's key? */
  opensWith(key: string): boolean {
    return matchesHash(key, this.#options.keyHash);
  }

  /** AppError `wrong_state` when nothing is being recorded. */
  async stop(): Promise<void> {
    if (this.#stage === 'finishing' || this.#stage === 'recorded') return;
    if (this.#stage !== 'recording') throw this.#refusal();
    await this.#stop();
  }

  /** AppError `wrong_state` before anything was said. */
  async again(): Promise<void> {
    if (this.#stage !== 'recorded' && this.#stage !== 'recording') throw this.#refusal();
    this.#clearAlarms();
    await this.#drop();
    if (this.#isOver) throw this.#refusal();
    this.#settled = Promise.withResolvers<void>();
    this.#settled.promise.catch(() => undefined);
    this.#to('greeting');
    this.#by(this.#record());
  }

  /**
   * Runs `save` when what was said can be sent: once, however many ask. AppError `wrong_state` when it
   * cannot.
   */
  deliver(save: () => Promise<void>): Promise<void> {
    this.#delivery ??= this.#finished()
      .then(save)
      .finally(() => {
        this.#delivery = undefined;
      });
    return this.#delivery;
  }

  /** Nothing of it is left. Idempotent. AppError `wrong_state` when it was picked up. */
  async cancel(problem: DraftState['problem'] = 'cancelled'): Promise<void> {
    if (this.#stage === 'pickedUp') throw this.#refusal();
    if (this.#isOver) return;
    this.#problem = problem;
    this.#to('gone');
    await this.#drop();
    await this.#options.store.remove(this.message.id);
    this.#end();
  }

  /** Its recording has its files, or never will. */
  recorded(record: RecordingRecord): void {
    const wasPickedUp = this.#stage === 'pickedUp';
    if (record.id !== this.message.recordingId || (this.#isOver && !wasPickedUp)) return;
    const problem = problemOf(record);
    this.message = { ...this.message, ...mediaOf(record) };
    this.#problem = problem;
    if (!wasPickedUp) this.#to('recorded');
    if (problem) this.#settled.reject(new AppError('wrong_state', PROBLEM_WORDS[problem]));
    else this.#settled.resolve();
    if (wasPickedUp) return;
    if (this.#callerIsHere()) this.#alarm(DECIDE_MS, () => this.#abandon(false));
    else if (problem) this.#by(this.cancel(problem));
  }

  /** It is safe in the mailbox. */
  saved(message: Message): void {
    this.message = message;
    if (this.#stage !== 'pickedUp') this.#to('saved');
    this.#end();
  }

  /** Of one that was picked up: there was nothing to keep. */
  async discard(): Promise<void> {
    await this.#drop();
    await this.#options.store.remove(this.message.id);
    this.#end();
  }

  /** The server stops: what was recorded is finished at the next start. */
  async close(): Promise<void> {
    this.#clearAlarms();
    this.#silence?.();
  }

  #urlOf(file: RecordedFile | undefined): string | null {
    if (!file || this.#stage !== 'recorded') return null;
    return `/api/v1/voicemails/${this.message.id}/files/${file.name}`;
  }

  get #isOver(): boolean {
    return ENDS.has(this.#stage);
  }

  async #finished(): Promise<void> {
    if (this.#stage === 'recording') await this.#stop();
    if (this.#stage !== 'finishing' && this.#stage !== 'recorded') throw this.#refusal();
    await this.#settled.promise;
  }

  /** AppError `wrong_state` when nobody is there who leaves it. */
  #checkCaller(): void {
    if (this.#isOver) throw this.#refusal();
    if (this.#delivery) throw new AppError('wrong_state', 'The message was sent just now.');
    if (this.#stage === 'waiting' || !this.#callerIsHere()) {
      throw new AppError('wrong_state', 'The caller is not there any more.');
    }
  }

  #refusal(): AppError {
    if (this.#stage !== 'pickedUp') return wrongState();
    return new AppError('wrong_state', 'The message was picked up: there is a call now.');
  }

  /** Whoever comes and goes is of no more concern here. */
  #unfollow(): void {
    const { room } = this.#options;
    this.#clearAlarms();
    this.#silence?.();
    room.off('memberJoined', this.#joined);
    room.off('memberLeft', this.#left);
  }

  readonly #joined = ({ identity }: Member): void => {
    if (identity !== this.#options.leg || this.#stage !== 'waiting') return;
    this.#to('greeting');
    this.#by(this.#greet());
  };

  readonly #left = ({ identity }: Member, reason: LeaveReason): void => {
    if (identity !== this.#options.leg || reason === 'shutdown' || this.#callerIsHere()) return;
    if (this.#stage === 'waiting' || this.#stage === 'greeting') this.#by(this.cancel());
    else this.#abandon(this.#stage === 'recording');
  };

  #abandon(partial: boolean): void {
    if (this.#isOver) return;
    if (this.#problem && this.#stage === 'recorded') this.#by(this.cancel(this.#problem));
    else this.emit('abandoned', partial);
  }

  async #greet(): Promise<void> {
    const { room, rooms, clock, greeting } = this.#options;
    const greeter = new Greeter({ name: 'Voicemail', joinedAt: clock.now() });
    await rooms.enter(room, { evenIfLocked: true }, () => Promise.resolve(greeter));
    if (this.#stage !== 'greeting') return room.leave(greeter, 'left');
    this.#greeter = greeter;
    greeter.on('level', (volume) => this.emit('level', volume));
    const { media } = room;
    if (media) await greeter.begin(room, media);
    await new Promise<void>((resolve) => clock.after(LISTENING_MS, resolve));
    await greeter.play(greeting);
    if (this.#stage === 'greeting') await this.#record();
  }

  /** The recorder is there before the beep is over: not a word is cut off. */
  async #record(): Promise<void> {
    const { room, recordings, sounds, store, clock, maxMs, leg, sources } = this.#options;
    const [caller] = room.membersOf(leg);
    if (!caller) return;
    recordings.consent(room, caller.id, true);
    const beep = this.#greeter?.play(sounds.beep);
    const voicemail = this.message.id;
    const { id } = await recordings.start(room, { name: null, voicemail, sources });
    if (this.#isOver) return recordings.delete(id);
    this.message = { ...this.message, recordingId: id };
    await store.put(this.message);
    await beep;
    if (this.#stage !== 'greeting') return;
    this.#recordingSince = clock.now();
    this.#to('recording');
    this.#alarm(maxMs, () => this.#stage === 'recording' && this.#by(this.#stop()));
    this.#silence = watchSilence({
      clock,
      greeter: this.#greeter,
      isSeen: () => isSeen(room, leg, sources),
      onSilence: () => this.#fellSilent(),
    });
  }

  async #stop(): Promise<void> {
    const { recordingId } = this.message;
    this.#clearAlarms();
    this.#silence?.();
    this.#to('finishing');
    if (recordingId) await this.#options.recordings.stop(recordingId);
  }

  /** What was recorded so far is nobody's. */
  async #drop(): Promise<void> {
    const { recordingId } = this.message;
    this.message = { ...this.message, recordingId: null, durationMs: 0, files: [] };
    this.#problem = this.#stage === 'gone' ? this.#problem : null;
    this.#recordingSince = null;
    if (recordingId === null) return;
    await this.#options.recordings.delete(recordingId).catch(unlessGone);
  }

  #fellSilent(): void {
    if (this.#stage !== 'recording') return;
    if (isReached(this.#options.room.membersOf(this.#options.leg))) this.#by(this.#stop());
    else this.#abandon(true);
  }

  #callerIsHere(): boolean {
    return this.#options.room.membersOf(this.#options.leg).length > 0;
  }

  #to(stage: Stage): void {
    this.#stage = stage;
    this.listener(this.state);
    this.emit('changed');
  }

  #end(): void {
    const { room, rooms } = this.#options;
    this.#unfollow();
    if (this.#stage !== 'pickedUp') rooms.end(room);
    this.emit('over');
  }

  #alarm(afterMs: number, run: () => unknown): void {
    this.#alarms.push(this.#options.clock.after(afterMs, () => void run()));
  }

  #clearAlarms(): void {
    for (const cancel of this.#alarms.splice(0)) cancel();
  }

  /** By itself, with nobody to tell how it went but the log and the caller's screen. */
  #by(work: Promise<unknown>): void {
    work.catch((error: unknown) => {
      this.#options.logger.error({ message: this.message.id, err: error }, 'message');
      if (!this.#isOver) void this.cancel('failed').catch(() => undefined);
    });
  }
}

const ENDS: ReadonlySet<Stage> = new Set(['saved', 'gone', 'pickedUp']);

const PROBLEM_WORDS: Readonly<Record<NonNullable<DraftState['problem']>, string>> = {
  tooShort: 'The message is too short.',
  silent: 'Nothing can be heard in the message.',
  failed: 'The message could not be kept.',
  cancelled: 'The message was cancelled.',
};

const wrongState = (): AppError => new AppError('wrong_state', 'The message is not at that point.');
