import type { Source } from '../../server/protocol/media.ts';
import type { ParticipantState } from '../../server/protocol/signaling.ts';
import type { Clock } from './clock.ts';
import { insist, isRefusal } from './insist.ts';
import type { Request } from './Line.ts';
import type { Producer, Transport } from './mediasoup.ts';
import { pictureSize, type SendingPlan, type PictureSize } from './sending.ts';
import { isLineFault, SignalingError } from './SignalingError.ts';
import type { LocalTrack } from './store.ts';

export interface PublisherOptions {
  readonly transport: Transport;
  readonly clock: Clock;
  readonly request: Request;
  /** What should be sent of this source now. */
  readonly wanted: (source: Source) => LocalTrack | undefined;
  readonly plan: (source: Source, size: PictureSize | null) => SendingPlan;
  readonly onPublished: (trackId: string, local: LocalTrack) => void;
  readonly onPaused: (trackId: string, paused: boolean) => void;
  readonly onUnpublished: (trackId: string) => void;
}

interface Sent {
  readonly producer: Producer;
  /** The server's id; `null` until it has answered. */
  trackId: string | null;
  /** As the server knows it. */
  paused: boolean;
}

const isAlive = (track: MediaStreamTrack): boolean => track.readyState !== 'ended';

type OwnTracks = ParticipantState['tracks'];

/**
 * Makes what one media session sends equal to what is wanted, source by source. It compares rather
 * than follows commands, so a lost answer, a resume or a burst of clicks need no cases of their own.
 */
export class Publisher {
  readonly #options: PublisherOptions;
  readonly #sent = new Map<Source, Sent>();
  readonly #running = new Map<Source, Promise<void>>();
  readonly #changed = new Set<Source>();
  readonly #replies = new Map<Source, Promise<{ trackId: string }>>();
  #localIds = 0;
  #closed = false;

  constructor(options: PublisherOptions) {
    this.#options = options;
    options.transport.on('produce', ({ rtpParameters, appData }, done) => {
      const source = appData['source'] as Source;
      const size = appData['size'] as PictureSize | null;
      const paused = appData['paused'] === true;
      const reply = options.request('publish', {
        transportId: options.transport.id,
        source,
        rtpParameters,
        paused,
        ...size,
      });
      reply.catch(() => {});
      this.#replies.set(source, reply);
      // The next track need not wait for this answer, so the producer gets an id of our own.
      done({ id: `local-${++this.#localIds}` });
    });
  }

  /** Resolves when the source is as wanted, or nobody can tell yet; rejects when it cannot be. */
  sync(source: Source): Promise<void> {
    this.#muteAtOnce(source);
    this.#changed.add(source);
    const running = this.#running.get(source);
    if (running) return running;
    const run = this.#drain(source).finally(() => this.#running.delete(source));
    this.#running.set(source, run);
    return run;
  }

  /** After a resume: `tracks` is what the server has of us. What we do not know goes. */
  async reconcile(tracks: OwnTracks): Promise<void> {
    const alive = new Set(tracks.map(({ id }) => id));
    for (const [source, sent] of this.#sent) {
      if (sent.trackId !== null && !alive.has(sent.trackId)) {
        this.#sent.delete(source);
        sent.producer.close();
      }
    }
    const ours = new Set([...this.#sent.values()].map(({ trackId }) => trackId));
    for (const { id, source, paused } of tracks) {
      const sent = this.#sent.get(source);
      if (sent?.trackId === id) sent.paused = paused;
      else if (!ours.has(id)) await this.#unpublish(id);
    }
  }

  trackIds(): string[] {
    return [...this.#sent.values()].flatMap(({ trackId }) => trackId ?? []);
  }

  producers(): [source: Source, producer: Producer][] {
    return [...this.#sent].map(([source, { producer }]) => [source, producer]);
  }

  /** The transport's end ends the producers. */
  close(): void {
    this.#closed = true;
  }

  async #drain(source: Source): Promise<void> {
    while (this.#changed.delete(source)) {
      try {
        await insist(() => this.#step(source), {
          clock: this.#options.clock,
          wanted: () => !this.#closed,
          // The browser's own negotiation can trip over one that has just failed.
          mayPass: (error) => !isRefusal(error) && !isLineFault(error),
        });
      } catch (error) {
        // A dead session and a dead line are others' affair: both end in a new comparison.
        if (!this.#closed && !isLineFault(error)) throw error;
      }
      if (this.#closed) return;
    }
  }

  async #step(source: Source): Promise<void> {
    const wanted = this.#options.wanted(source);
    const sent = this.#sent.get(source);
    if (this.#closed) return;
    if (sent && wanted && !sent.producer.closed) {
      await this.#adjust(sent, wanted);
      return;
    }
    if (sent) await this.#stop(source, sent);
    // A camera that is off may have no living track; it is sent when it gets one.
    if (wanted && isAlive(wanted.track)) {
      await this.#start(wanted);
      // It may have been muted or exchanged while it started.
      this.#changed.add(source);
    }
  }

  async #start(local: LocalTrack): Promise<void> {
    const { source, track, paused } = local;
    const { transport, plan, onPublished } = this.#options;
    const size = track.kind === 'video' ? pictureSize(track) : null;
    const producer = await transport.produce({
      track,
      ...plan(source, size),
      stopTracks: false,
      disableTrackOnPause: false,
      appData: { source, paused, size },
      // Whoever comes in muted has not sent a single packet of sound.
      ...(paused && { onRtpSender: (sender: RTCRtpSender) => void sender.replaceTrack(null) }),
    });
    const sent: Sent = { producer, trackId: null, paused };
    this.#sent.set(source, sent);
    try {
      const reply = await this.#replies.get(source);
      if (!reply) throw new SignalingError('internal');
      sent.trackId = reply.trackId;
    } catch (error) {
      if (this.#sent.get(source) === sent) this.#sent.delete(source);
      producer.close();
      throw error;
    }
    if (!this.#closed) onPublished(sent.trackId, local);
  }

  async #adjust(sent: Sent, { track, paused }: LocalTrack): Promise<void> {
    // Without a track nothing is sent at all: no black pictures, no comfort noise.
    await sent.producer.replaceTrack({ track: paused || !isAlive(track) ? null : track });
    if (sent.paused === paused || sent.trackId === null) return;
    await this.#options.request('pauseTrack', { trackId: sent.trackId, paused });
    sent.paused = paused;
    if (!this.#closed) this.#options.onPaused(sent.trackId, paused);
  }

  async #stop(source: Source, sent: Sent): Promise<void> {
    sent.producer.close();
    if (sent.trackId !== null) await this.#unpublish(sent.trackId);
    this.#sent.delete(source);
  }

  async #unpublish(trackId: string): Promise<void> {
    try {
      await this.#options.request('unpublish', { trackId });
    } catch (error) {
      if (!(error instanceof SignalingError && error.code === 'not_found')) throw error;
    }
    if (!this.#closed) this.#options.onUnpublished(trackId);
  }

  /** Whoever mutes is heard no more, whatever else is under way. */
  #muteAtOnce(source: Source): void {
    const wanted = this.#options.wanted(source);
    if (wanted && !wanted.paused) return;
    const producer = this.#sent.get(source)?.producer;
    if (producer && !producer.closed) producer.replaceTrack({ track: null }).catch(() => {});
  }
}
