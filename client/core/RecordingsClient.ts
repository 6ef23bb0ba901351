import type { ErasureResource } from '../../server/protocol/erasures.ts';
import type { ParticipantId, RecordingId, RenderId, ShareId } from '../../server/protocol/ids.ts';
import type {
  CreatedShare,
  NewShare,
  OpenedShare,
  RecordingPage,
  RecordingPatch,
  RecordingResource,
  ShareResource,
} from '../../server/protocol/recordings.ts';
import type { RenderResource, RenderWish } from '../../server/protocol/renders.ts';
import { restCall, type RestCall, type RestOptions } from './restCall.ts';
import { wholeList } from './wholeList.ts';

interface Wanted {
  /** Id or name; absent: all that are open to the bearer. */
  readonly room?: string;
  readonly q?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit?: number;
}

/** Recordings as the pages use them. `bearer`: the owner secret of their room, or a token. */
export class RecordingsClient {
  readonly #call: RestCall;

  constructor(options: RestOptions = {}) {
    this.#call = restCall(options);
  }

  /** What this secret opens, the newest first. */
  list(bearer: string, { room, q, cursor, limit }: Wanted = {}): Promise<RecordingPage> {
    const query = new URLSearchParams();
    if (room !== undefined) query.set('room', room);
    if (q !== undefined) query.set('q', q);
    if (cursor !== undefined) query.set('cursor', cursor);
    if (limit !== undefined) query.set('limit', String(limit));
    return this.#call('GET', query.size > 0 ? `/recordings?${query}` : '/recordings', { bearer });
  }

  get(id: RecordingId, bearer: string): Promise<RecordingResource> {
    return this.#call('GET', `/recordings/${id}`, { bearer });
  }

  /** By the secret of a link. */
  shared(secret: string): Promise<RecordingResource> {
    return this.#call('GET', `/shares/${secret}`);
  }

  edit(id: RecordingId, bearer: string, patch: RecordingPatch): Promise<RecordingResource> {
    return this.#call('PATCH', `/recordings/${id}`, { bearer, body: patch });
  }

  /** Takes somebody out of it, for good; the receipt. */
  erase(id: RecordingId, bearer: string, person: ParticipantId): Promise<ErasureResource> {
    return this.#call('DELETE', `/recordings/${id}/participants/${person}`, { bearer });
  }

  remove(id: RecordingId, bearer: string, keepalive = false): Promise<void> {
    return this.#call('DELETE', `/recordings/${id}`, { bearer, keepalive });
  }

  /** A link for whoever has it. */
  share(id: RecordingId, bearer: string, body: NewShare): Promise<CreatedShare> {
    return this.#call('POST', `/recordings/${id}/shares`, { bearer, body });
  }

  /** What opens a link that takes a password. */
  openShare(secret: string, password: string): Promise<OpenedShare> {
    return this.#call('POST', `/shares/${secret}/open`, { body: { password } });
  }

  shares(id: RecordingId, bearer: string): Promise<readonly ShareResource[]> {
    return this.#all(`/recordings/${id}/shares`, bearer);
  }

  revoke(id: RecordingId, bearer: string, shareId: ShareId): Promise<void> {
    return this.#call('DELETE', `/recordings/${id}/shares/${shareId}`, { bearer });
  }

  /** The oldest first. */
  renders(id: RecordingId, bearer: string): Promise<readonly RenderResource[]> {
    return this.#all(`/recordings/${id}/renders`, bearer);
  }

  render(id: RecordingId, bearer: string, wish: RenderWish): Promise<RenderResource> {
    return this.#call('POST', `/recordings/${id}/renders`, { bearer, body: wish });
  }

  retryRender(id: RecordingId, bearer: string, renderId: RenderId): Promise<RenderResource> {
    return this.#call('POST', `/recordings/${id}/renders/${renderId}/retry`, { bearer });
  }

  removeRender(id: RecordingId, bearer: string, renderId: RenderId): Promise<void> {
    return this.#call('DELETE', `/recordings/${id}/renders/${renderId}`, { bearer });
  }

  #all<T>(path: string, bearer: string): Promise<readonly T[]> {
    return wholeList<T>((query) => this.#call('GET', `${path}?${query}`, { bearer }));
  }
}
