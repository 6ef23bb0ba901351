import type { RecordingId } from '../../../server/protocol/ids.ts';
import type { RecordingResource } from '../../../server/protocol/recordings.ts';
import { RestError } from '../../core/RestError.ts';
import { secretOf } from '../recording/shareLinks.ts';
import { recordingsClient } from './client.ts';
import { noteOpener, secretsFor } from './openers.ts';

/** How somebody comes to a recording: they started its room, or were given a link. */
export type Access =
  | { readonly kind: 'owner'; readonly bearer: string }
  | { readonly kind: 'guest'; readonly secret: string };

export type Opened =
  | { readonly state: 'open'; readonly recording: RecordingResource; readonly access: Access }
  /** A link that takes a password. */
  | { readonly state: 'locked'; readonly secret: string }
  | { readonly state: 'missing' | 'expired' | 'unreachable' };

/** The secret of a link is behind `#`, so that it is in no server's log. */
const GUEST = /^#([\w-]{43})$/;

const guestSecretIn = (hash: string): string | null => GUEST.exec(hash)?.[1] ?? null;

export const guestPage = (origin: string, id: RecordingId, secret: string): string =>
  `${origin}/recordings/${id}#${secret}`;

const isAnswer = (error: unknown): error is RestError =>
  error instanceof RestError && error.code !== 'offline' && error.status < 500;

/** The recording again, by the way one came. */
export const reopen = (id: RecordingId, access: Access): Promise<RecordingResource> =>
  access.kind === 'owner'
    ? recordingsClient.get(id, access.bearer)
    : recordingsClient.shared(access.secret);

const openAsGuest = async (id: RecordingId, secret: string): Promise<Opened> => {
  const access: Access = { kind: 'guest', secret };
  try {
    const recording = await reopen(id, access);
    return recording.id === id ? { state: 'open', recording, access } : { state: 'missing' };
  } catch (error) {
    if (!isAnswer(error)) return { state: 'unreachable' };
    if (error.code === 'unauthorized') return { state: 'locked', secret };
    return { state: error.code === 'gone' ? 'expired' : 'missing' };
  }
};

/** With the password of the link. @throws RestError `forbidden` when it is another one */
export const openLocked = async (
  id: RecordingId,
  secret: string,
  password: string,
): Promise<Opened> => {
  const { url } = await recordingsClient.openShare(secret, password);
  return openAsGuest(id, secretOf(url));
};

/** Which of the secrets opens it only the server can say. */
const openAsOwner = async (id: RecordingId): Promise<Opened> => {
  for (const bearer of secretsFor(id)) {
    const access: Access = { kind: 'owner', bearer };
    try {
      const recording = await reopen(id, access);
      noteOpener(id, bearer);
      return { state: 'open', recording, access };
    } catch (error) {
      if (!isAnswer(error)) return { state: 'unreachable' };
    }
  }
  return { state: 'missing' };
};

export const openRecording = (id: RecordingId, hash: string): Promise<Opened> => {
  const secret = guestSecretIn(hash);
  return secret === null ? openAsOwner(id) : openAsGuest(id, secret);
};
