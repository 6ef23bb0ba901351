import type { MediaLink } from './MediaLink.ts';
import type { Source } from '../../server/protocol/media.ts';

export interface InboundStats {
  readonly trackId: string;
  readonly kind: string;
  readonly bytes: number;
  readonly packets: number;
  /** Decoded pictures; 0 for sound and where nothing decodes. */
  readonly frames: number;
  readonly packetsLost: number;
  readonly frameHeight: number;
}

export interface OutboundStats {
  readonly source: Source;
  readonly bytes: number;
  readonly packets: number;
  /** Encoded layers that are being sent. */
  readonly layers: number;
}

export interface CallStats {
  readonly mediaSessionId: string | null;
  readonly transports: readonly string[];
  readonly inbound: readonly InboundStats[];
  readonly outbound: readonly OutboundStats[];
}

const reportsOf = (stats: RTCStatsReport, type: string): Record<string, unknown>[] =>
  [...stats.values()].filter((report: { type?: unknown }) => report.type === type);

const sum = (reports: readonly Record<string, unknown>[], key: string): number =>
  reports.reduce((total, report) => total + (Number(report[key]) || 0), 0);

/** What `getStats` knows of each track, for tests and for diagnosis. */
export const readStats = async (link: MediaLink | null): Promise<CallStats> => {
  const parts = link?.parts;
  if (!link || !parts) return { mediaSessionId: null, transports: [], inbound: [], outbound: [] };
  const inbound = parts.receiver.consumers().map(async ([trackId, consumer]) => {
    const reports = reportsOf(await consumer.getStats(), 'inbound-rtp');
    return {
      trackId,
      kind: consumer.kind,
      bytes: sum(reports, 'bytesReceived'),
      packets: sum(reports, 'packetsReceived'),
      frames: sum(reports, 'framesDecoded'),
      packetsLost: sum(reports, 'packetsLost'),
      frameHeight: sum(reports, 'frameHeight'),
    };
  });
  const outbound = parts.publisher.producers().map(async ([source, producer]) => {
    const reports = reportsOf(await producer.getStats(), 'outbound-rtp');
    return {
      source,
      bytes: sum(reports, 'bytesSent'),
      packets: sum(reports, 'packetsSent'),
      layers: reports.filter((report) => Number(report['packetsSent']) > 0).length,
    };
  });
  return {
    mediaSessionId: link.id,
    transports: parts.transports.map(({ connectionState }) => connectionState),
    // A track that closes while it is asked has nothing to say.
    inbound: (await Promise.allSettled(inbound)).flatMap(fulfilled),
    outbound: (await Promise.allSettled(outbound)).flatMap(fulfilled),
  };
};

const fulfilled = <T>(result: PromiseSettledResult<T>): T[] =>
  result.status === 'fulfilled' ? [result.value] : [];
