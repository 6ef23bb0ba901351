import type { RecordingId, ShareId } from '../../../server/protocol/ids.ts';
import { recall, remember } from '../parts/memory.ts';
import { secretOf } from '../recording/shareLinks.ts';
import { recordingsClient } from './client.ts';

/** Longer leaves more time for a download; whoever has the link has the recording. */
const LINK_SECONDS = 86_400;
/** What is about to run out is not begun with. */
const FRESH_MS = 4 * 3_600_000;

/**
 * `<video src>` can show no owner secret, so the page makes a link for itself and keeps it, lest each
 * visit make another.
 */
interface Kept {
  readonly id: ShareId;
  readonly secret: string;
  readonly expiresAt: number;
}

const key = (id: RecordingId): string => `playing.${id}`;

export const keptLink = (id: RecordingId): Kept | null => {
  try {
    const kept = JSON.parse(recall(key(id)) ?? 'null') as Kept | null;
    return kept !== null && kept.expiresAt > Date.now() + FRESH_MS ? kept : null;
  } catch {
    return null;
  }
};

export const forgetLink = (id: RecordingId): void => remember(key(id), null);

/** The secret of a link that opens the recording's files. @throws RestError */
export const playingLink = async (id: RecordingId, bearer: string): Promise<string> => {
  const kept = keptLink(id);
  if (kept !== null) return kept.secret;
  const made = await recordingsClient.share(id, bearer, { expiresInSeconds: LINK_SECONDS });
  const secret = secretOf(made.url);
  const keep: Kept = { id: made.id, secret, expiresAt: Date.parse(made.expiresAt) };
  remember(key(id), JSON.stringify(keep));
  return secret;
};
