import type { Account } from '../../accounts/Account.ts';
import type { TranscriptSummary, Voicemail } from '../../protocol/voicemail.ts';
import { TRASH_KEPT_MS } from '../../voicemail/Mailboxes.ts';
import type { Message, Sender } from '../../voicemail/Message.ts';
import { timeOf } from './recordingResource.ts';

/** Whoever is signed in, as a message names them. */
export const senderOf = ({ id, name, displayName }: Account): Sender => ({
  userId: id,
  name,
  displayName,
});

/**
 * A message as the owner of a mailbox, and who looks after it, have it. `user`: by which others than the
 * owner ask for its files.
 */
export const voicemailResource = (
  message: Message,
  owner: Account,
  transcript: TranscriptSummary = { state: 'none', language: null },
  user?: string,
): Voicemail => {
  const { id, from, createdAt, readAt, trashedAt, files } = message;
  const { reason, durationMs, partial, pickedUp, urgent, folder, note } = message;
  const { forwardedBy, comment, takenBy } = message;
  return {
    id,
    mailbox: owner.name,
    from: partyOf(from),
    reason,
    createdAt: timeOf(createdAt),
    durationMs,
    partial,
    pickedUp,
    readAt: readAt === null ? null : timeOf(readAt),
    urgent,
    folder,
    purgeAt: trashedAt === null ? null : timeOf(trashedAt + TRASH_KEPT_MS),
    note,
    forwardedBy: forwardedBy && partyOf(forwardedBy),
    comment,
    transcript,
    takenBy: takenBy && partyOf(takenBy),
    files: files.map((file) => ({
      ...file,
      url: `/api/v1/voicemails/${id}/files/${file.name}${user === undefined ? '' : `?user=${user}`}`,
    })),
  };
};

const partyOf = ({ name, displayName }: Sender): Voicemail['from'] => ({ name, displayName });
