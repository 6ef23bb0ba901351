import type { VoicemailId } from '../../server/protocol/ids.ts';
import type {
  Folder,
  TranscriptResource,
  MessageSort,
  Voicemail,
  VoicemailPage,
} from '../../server/protocol/voicemail.ts';
import { restCall, type RestCall, type RestOptions } from './restCall.ts';

export interface WantedMessages {
  readonly folder: Folder;
  /** Part of the caller's name, or of the note. */
  readonly q?: string;
  readonly sort?: MessageSort;
  readonly unread?: boolean;
  readonly urgent?: boolean;
  readonly cursor?: string;
  readonly limit?: number;
}

/** One's own mailbox, over `/api/v1`; the browser's cookie speaks for it. Every method rejects with `RestError`. */
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
  transcript(id: VoicemailId): Promise<TranscriptResource> {
    return this.#call('GET', `/voicemails/${id}/transcript`);
  }

  get(id: VoicemailId): Promise<Voicemail> {
    return this.#call('GET', `/voicemails/${id}`);
  }

  change(id: VoicemailId, patch: { read?: boolean; folder?: Folder }): Promise<Voicemail> {
    return this.#call('PATCH', `/voicemails/${id}`, { body: patch });
  }

  /** A copy into somebody else's mailbox. */
  forward(id: VoicemailId, body: { to: string; comment?: string }): Promise<void> {
    return this.#call('POST', `/voicemails/${id}/forward`, { body });
  }

  /** For good, with its files. */
  remove(id: VoicemailId): Promise<void> {
    return this.#call('DELETE', `/voicemails/${id}`);
  }

  /** All that is in the trash, for good. */
  emptyTrash(): Promise<void> {
    return this.#call('DELETE', '/voicemails/trash');
  }
}
