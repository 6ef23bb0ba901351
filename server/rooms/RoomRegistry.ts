import { EventEmitter } from 'node:events';
import { hashSecret, newSecret } from '../accounts/secret.ts';
import { AppError } from '../base/AppError.ts';
import type { Clock } from '../base/Clock.ts';
import type { Logger } from '../base/logger.ts';
import { foldRoomName, isRoomName, newId, type RoomId, type UserId } from '../protocol/ids.ts';
import type { MediaPool, MediaRoom } from './MediaRoom.ts';
import type { Member } from './Member.ts';
import { isSetUp, newRecordingSettings } from './recordingSettings.ts';
import { Room, type Admission, type RoomPatch } from './Room.ts';
import { randomRoomName } from './roomNames.ts';
import type { RoomRecord, RoomStore } from './RoomStore.ts';

/**
 * An empty room keeps its name and owner this long, unless somebody has set it up: that one stays
 * until it is ended or crowded out. Its media is closed at once.
 */
const EMPTY_ROOM_KEPT_MS = 24 * 60 * 60 * 1000;
const SWEEP_INTERVAL_MS = 60_000;
/** Rooms remembered at once; past it the longest empty one is forgotten. */
const MAX_ROOMS = 10_000;
const MAX_PARTICIPANTS_PER_ROOM = 200;
/** Pause before media is asked for again after there was none to be had. */
const REOPEN_PAUSE_MS = 1_000;

export interface RoomRegistryOptions {
  readonly pool: MediaPool;
  readonly store: RoomStore;
  readonly clock: Clock;
  readonly logger: Logger;
}

export interface NewRoom extends RoomPatch {
  readonly name?: string | undefined;
  readonly ownerId?: UserId | undefined;
  /** Forgotten once it is empty, unless `keep` was called: nobody may have heard the secret. */
  readonly provisional?: boolean | undefined;
}

export type RoomRegistryEvents = {
  /** A room can be entered from now on. */
  added: [room: Room];
};

/** The rooms of this server. A room has media while somebody is in it or on the way in. */
export class RoomRegistry extends EventEmitter<RoomRegistryEvents> {
  readonly #pool: MediaPool;
  readonly #store: RoomStore;
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #rooms = new Map<RoomId, Room>();
  readonly #byName = new Map<string, Room>();
  /** Media on its way, so that two hundred who arrive together open one. */
  readonly #opening = new Map<Room, Promise<MediaRoom>>();
  readonly #arriving = new Map<Room, number>();
  readonly #emptySince = new Map<Room, number>();
  readonly #provisional = new Set<Room>();
  readonly #stopSweeping: () => void;
  #closed = false;

  constructor({ pool, store, clock, logger }: RoomRegistryOptions) {
    super();
    this.#pool = pool;
    this.#store = store;
    this.#clock = clock;
    this.#logger = logger;
    this.#stopSweeping = clock.every(SWEEP_INTERVAL_MS, () => this.#sweep());
  }

  /** The rooms that were there when the server stopped. */
  async load(): Promise<void> {
    for (const record of await this.#store.all()) this.#add(record);
  }

  /** By id, or by name in any spelling. */
  find(idOrName: string): Room | undefined {
    // No name begins so: what is no id of ours is not looked for among them, and takes no longer.
    return isRoomId(idOrName)
      ? this.#rooms.get(idOrName)
      : this.#byName.get(foldRoomName(idOrName));
  }

  /** Oldest first. */
  all(): readonly Room[] {
    return [...this.#rooms.values()];
  }

  /**
   * The secret is told here and never again. AppError `wrong_state` when the name is taken,
   * `bad_request` when its folded form is none, `unavailable` when there are too many rooms with
   * people in them.
   */
  create(options: NewRoom): { room: Room; ownerSecret: string } {
    const name = foldRoomName(options.name ?? randomRoomName());
    if (!isRoomName(name)) throw new AppError('bad_request', 'A room cannot have this name');
    if (this.#byName.has(name)) throw new AppError('wrong_state', 'There is a room of this name');
    this.#makePlace();
    const ownerSecret = newSecret();
    const room = this.#add({
      id: newId('room'),
      name,
      createdAt: this.#clock.now(),
      ownerSecretHash: hashSecret(ownerSecret),
      ownerId: options.ownerId ?? null,
      locked: options.locked ?? false,
      listed: options.listed ?? false,
      recording: { ...newRecordingSettings, ...options.recording },
    });
    if (options.provisional) this.#provisional.add(room);
    else this.#save(room);
    return { room, ownerSecret };
  }

  /** Whoever started the room knows its secret. */
  keep(room: Room): void {
    if (this.#provisional.delete(room)) this.#save(room);
  }

  /**
   * Brings a member in: opens the room's media if it has none, lets `make` build the member on it
   * and joins it. AppError as of `Room.admit`, or `unavailable` when no media can be had.
   */
  async enter<M extends Member>(
    room: Room,
    admission: Admission,
    make: (media: MediaRoom) => Promise<M>,
  ): Promise<M> {
    room.admit(admission);
    this.#arriving.set(room, (this.#arriving.get(room) ?? 0) + 1);
    this.#emptySince.delete(room);
    try {
      for (;;) {
        const media = await this.#mediaOf(room);
        const member = await make(media).catch((error: unknown) => {
          if (room.media === media) throw error;
          return undefined;
        });
        if (room.media === media && member) {
          this.#joinOrClose(room, admission, member);
          return member;
        }
        // The worker died in between: once more, on the new one.
        member?.close('gone');
      }
    } finally {
      const others = (this.#arriving.get(room) ?? 1) - 1;
      if (others > 0) this.#arriving.set(room, others);
      else this.#arriving.delete(room);
      this.#closeIfEmpty(room);
    }
  }

  /** Everybody is told and sent away; the name is free again. */
  end(room: Room): void {
    this.#forget(room);
    room.end('ended');
    this.#closeMedia(room);
  }

  /** Idempotent. Sends everybody away until the server is back. */
  close(): void {
    this.#closed = true;
    this.#stopSweeping();
    for (const room of this.#rooms.values()) {
      room.end('shutdown');
      this.#closeMedia(room);
    }
  }

  #add(record: RoomRecord): Room {
    const room = new Room({ ...record, maxParticipants: MAX_PARTICIPANTS_PER_ROOM });
    this.#rooms.set(room.id, room);
    this.#byName.set(room.name, room);
    this.#emptySince.set(room, this.#clock.now());
    room.on('memberLeft', () => this.#closeIfEmpty(room));
    room.on('changed', () => {
      if (!this.#provisional.has(room)) this.#save(room);
    });
    this.emit('added', room);
    return room;
  }

  #save(room: Room): void {
    const { id, name, createdAt, ownerSecretHash, ownerId, locked, listed, recording } = room;
    this.#store
      .put({ id, name, createdAt, ownerSecretHash, ownerId, locked, listed, recording })
      .catch((error: unknown) => this.#logger.error({ room: id, err: error }, 'room not saved'));
  }

  /** Others may have come in, or the room been locked, while the member was being built. */
  #joinOrClose(room: Room, admission: Admission, member: Member): void {
    try {
      room.admit(admission);
    } catch (error) {
      member.close('gone');
      throw error;
    }
    room.join(member);
  }

  #mediaOf(room: Room): Promise<MediaRoom> {
    if (this.#closed) return Promise.reject(restarting());
    if (room.ended) return Promise.reject(new AppError('not_found', 'This room has ended'));
    if (room.media) return Promise.resolve(room.media);
    const opening = this.#opening.get(room) ?? this.#open(room);
    this.#opening.set(room, opening);
    return opening;
  }

  async #open(room: Room): Promise<MediaRoom> {
    try {
      const media = await this.#pool.open();
      // It may have ended, or everybody left, while the media was on its way.
      if (!this.#isWanted(room)) {
        media.close();
        throw this.#closed ? restarting() : new AppError('not_found', 'This room has ended');
      }
      media.once('lost', () => this.#lost(room, media));
      room.setMedia(media);
      this.#logger.info({ room: room.id, media: media.id }, 'media opened');
      return media;
    } finally {
      this.#opening.delete(room);
    }
  }

  /** The worker is gone: those who are here follow to another one. */
  #lost(room: Room, media: MediaRoom): void {
    if (room.media !== media) return;
    this.#logger.warn({ room: room.id, media: media.id }, 'media lost');
    room.setMedia(undefined);
    if (this.#isWanted(room)) this.#reopen(room);
  }

  #reopen(room: Room): void {
    this.#mediaOf(room).catch((error: unknown) => {
      if (!this.#isWanted(room)) return;
      this.#logger.error({ room: room.id, err: error }, 'media cannot be opened again');
      this.#clock.after(REOPEN_PAUSE_MS, () => this.#isWanted(room) && this.#reopen(room));
    });
  }

  #isWanted(room: Room): boolean {
    return !this.#closed && !room.ended && (!room.empty || this.#arriving.has(room));
  }

  #closeIfEmpty(room: Room): void {
    if (!room.empty || this.#arriving.has(room)) return;
    this.#closeMedia(room);
    if (this.#provisional.has(room)) this.#forget(room);
    else if (this.#rooms.has(room.id)) this.#emptySince.set(room, this.#clock.now());
  }

  #closeMedia(room: Room): void {
    const { media } = room;
    if (!media) return;
    room.setMedia(undefined);
    media.close();
    this.#logger.info({ room: room.id, media: media.id }, 'media closed');
  }

  #sweep(): void {
    const before = this.#clock.now() - EMPTY_ROOM_KEPT_MS;
    for (const [room, since] of this.#emptySince) {
      if (since <= before && !isSetUp(room.recording)) this.#forget(room);
    }
  }

  #makePlace(): void {
    if (this.#rooms.size < MAX_ROOMS) return;
    const [longestEmpty] = this.#emptySince.keys();
    if (!longestEmpty) throw new AppError('unavailable', 'The server is full');
    this.#forget(longestEmpty);
  }

  #forget(room: Room): void {
    if (!this.#rooms.delete(room.id)) return;
    this.#store
      .remove(room.id)
      .catch((error: unknown) => this.#logger.error({ room: room.id, err: error }, 'not removed'));
    this.#byName.delete(room.name);
    this.#emptySince.delete(room);
    this.#provisional.delete(room);
  }
}

const isRoomId = (idOrName: string): idOrName is RoomId => idOrName.startsWith('room_');

const restarting = (): AppError =>
  new AppError('unavailable', 'The server restarts', { retryAfterSeconds: 2 });
