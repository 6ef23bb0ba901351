import type { ShareId, VoicemailId } from '../../server/protocol/ids.ts';
import type { NewShare, ShareResource } from '../../server/protocol/recordings.ts';
import type {
  Folder,
  TranscriptResource,
  MessageSort,
  Voicemail,
  VoicemailPage,
} from '../../server/protocol/voicemail.ts';
import { restCall, type RestCall, type RestOptions } from './restCall.ts';
import { wholeList } from './wholeList.ts';

/** Which message, in which mailbox. */
export type MessageKey = Pick<Voicemail, 'id' | 'mailbox'>;

export interface WantedMessages {
  /** The user name of a mailbox that one looks after with others; absent: one's own. */
  readonly user?: string;
  readonly folder: Folder;
  /** Part of the caller's name, or of the note. */
  readonly q?: string;
  readonly sort?: MessageSort;
  readonly unread?: boolean;
  readonly urgent?: boolean;
  readonly cursor?: string;
  readonly limit?: number;
}

/** One's own mailbox, and those that one looks after with others, over `/api/v1`; the browser's cookie speaks for it. Every method rejects with `RestError`. */
export class VoicemailClient {
  readonly #call: RestCall;

  constructor(options: RestOptions = {}) {
    this.#call = restCall(options);
  }

  /** The newest first, if nothing else is asked for. */
  list(wanted: WantedMessages): Promise<VoicemailPage> {
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries(wanted)) {
      if (value !== undefined && value !== '') query.set(name, String(value));
    }
    return this.#call('GET', `/voicemails?${query}`);
  }

  /** What was said, in writing. */
  transcript(key: MessageKey): Promise<TranscriptResource> {
    return this.#call('GET', pathOf(key, '/transcript'));
  }

  get(id: VoicemailId, user?: string): Promise<Voicemail> {
    return this.#call('GET', `/voicemails/${id}${queryOf(user)}`);
  }

  change(
    key: MessageKey,
    patch: { read?: boolean; folder?: Folder; taken?: boolean },
  ): Promise<Voicemail> {
    return this.#call('PATCH', pathOf(key), { body: patch });
  }

  /** A copy into somebody else's mailbox. */
  forward(key: MessageKey, body: { to: string; comment?: string }): Promise<void> {
    return this.#call('POST', pathOf(key, '/forward'), { body });
  }

  /** A link for others. `page`: where it is heard. */
  share(key: MessageKey, body: NewShare): Promise<{ page: string }> {
    return this.#call('POST', pathOf(key, '/shares'), { body });
  }

  /** The oldest first. */
  shares(key: MessageKey): Promise<readonly ShareResource[]> {
    return wholeList((query) => this.#call('GET', `${pathOf(key, '/shares')}&${query}`));
  }

  revokeShare(key: MessageKey, id: ShareId): Promise<void> {
    return this.#call('DELETE', pathOf(key, `/shares/${id}`));
  }

  /** For good, with its files. */
  remove(key: MessageKey): Promise<void> {
    return this.#call('DELETE', pathOf(key));
  }

  /** All that is in the trash, for good. */
  emptyTrash(user?: string): Promise<void> {
    return this.#call('DELETE', `/voicemails/trash${queryOf(user)}`);
  }
}

const queryOf = (user: string | undefined): string =>
  user === undefined ? '' : `?user=${encodeURIComponent(user)}`;

const pathOf = ({ id, mailbox }: MessageKey, part = ''): string =>
  `/voicemails/${id}${part}${queryOf(mailbox)}`;
