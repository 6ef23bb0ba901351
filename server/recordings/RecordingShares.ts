import { hashSecret, joinedSecret, matchesHash, newSecret } from '../accounts/secret.ts';
import { AppError } from '../base/AppError.ts';
import type { Clock } from '../base/Clock.ts';
import { newId, type RecordingId, type ShareId, type VoicemailId } from '../protocol/ids.ts';
import type { RecordingRecord } from './RecordingRecord.ts';
import type { RecordingStore, Share, ShareStore } from './RecordingStore.ts';

/** Longer spares people a second link, shorter limits what a forwarded one is good for. */
const DEFAULT_EXPIRY_SECONDS = 7 * 24 * 60 * 60;

export interface ShareWish {
  readonly expiresInSeconds?: number | undefined;
  readonly password?: string | undefined;
}

export interface RecordingSharesOptions {
  readonly store: ShareStore;
  readonly recordings: RecordingStore;
  readonly clock: Clock;
}

/** What links lead to: a recording, or no more of it than one message. */
export interface Shared {
  readonly recordingId: RecordingId;
  readonly messageId: VoicemailId | null;
}

/** All of it. */
export const wholeRecording = (recordingId: RecordingId): Shared => ({
  recordingId,
  messageId: null,
});

/** Links to one recording, good for whoever has them, until they run out or are revoked. */
export class RecordingShares {
  readonly #store: ShareStore;
  readonly #recordings: RecordingStore;
  readonly #clock: Clock;

  constructor({ store, recordings, clock }: RecordingSharesOptions) {
    this.#store = store;
    this.#recordings = recordings;
    this.#clock = clock;
  }

  /** The secret is told here and never again; the password is not kept. AppError `not_found`. */
  async create(
    { recordingId, messageId }: Shared,
    { expiresInSeconds = DEFAULT_EXPIRY_SECONDS, password }: ShareWish = {},
  ): Promise<{ share: Share; secret: string }> {
    await this.#recording(recordingId);
    const secret = newSecret();
    const opening = password === undefined ? secret : await joinedSecret(secret, password);
    const createdAt = this.#clock.now();
    const share: Share = {
      id: newId('share'),
      recordingId,
      messageId,
      secretHash: hexOf(opening),
      lockHash: password === undefined ? null : hexOf(secret),
      createdAt,
      expiresAt: createdAt + expiresInSeconds * 1000,
      revokedAt: null,
    };
    await this.#store.put(share);
    return { share, secret };
  }

  /** Oldest first, those that are no longer good too. */
  async list({ recordingId, messageId }: Shared): Promise<Share[]> {
    const all = await this.#store.list(recordingId);
    return all.filter((share) => share.messageId === messageId);
  }

  /** Nobody comes in by it from now on. Idempotent. AppError `not_found`. */
  async revoke(shared: Shared, id: ShareId): Promise<void> {
    const isOfIt = (await this.list(shared)).some((share) => share.id === id);
    if (isOfIt && (await this.#store.revoke(shared.recordingId, id, this.#clock.now()))) return;
    throw new AppError('not_found', 'There is no such share.');
  }

  /**
   * What the link leads to. AppError `gone` when it was good once, `not_found` when it never was,
   * `unauthorized` when it takes a password.
   */
  async find(secret: string): Promise<{ record: RecordingRecord; messageId: VoicemailId | null }> {
    const hash = hexOf(secret);
    const share = await this.#store.find(hash);
    if (share) {
      const { recordingId, messageId } = this.#good(share);
      return { record: await this.#recording(recordingId), messageId };
    }
    const locked = await this.#store.findLocked(hash);
    if (!locked) throw new AppError('not_found', 'There is no such share.');
    this.#good(locked);
    throw new AppError('unauthorized', 'This link takes a password.');
  }

  /**
   * The secret that opens it without more ado. AppError `not_found` when it is no link with a password,
   * `gone`, `forbidden` when the password is wrong.
   */
  async open(secret: string, password: string): Promise<string> {
    const share = await this.#store.findLocked(hexOf(secret));
    if (!share) throw new AppError('not_found', 'There is no such share.');
    this.#good(share);
    const opening = await joinedSecret(secret, password);
    if (matchesHash(opening, Buffer.from(share.secretHash, 'hex'))) return opening;
    throw new AppError('forbidden', 'This password is wrong.');
  }

  /** For when the recording goes. */
  removeOf(recordingId: RecordingId): Promise<void> {
    return this.#store.removeOf(recordingId);
  }

  #good(share: Share): Share {
    if (share.revokedAt !== null) throw new AppError('gone', 'This link was taken back.');
    if (share.expiresAt <= this.#clock.now()) throw new AppError('gone', 'This link has run out.');
    return share;
  }

  async #recording(id: RecordingId): Promise<RecordingRecord> {
    const record = await this.#recordings.get(id);
    if (!record) throw new AppError('not_found', 'There is no such recording.');
    return record;
  }
}

const hexOf = (secret: string): string => hashSecret(secret).toString('hex');
