import type { Page } from 'playwright-core';
import { waitFor } from './waitFor.ts';

/** One stream that a page receives, as `getStats` counts it. */
export interface Reception {
  readonly participantId: string;
  readonly kind: 'audio' | 'video';
  readonly packets: number;
  /** Decoded. */
  readonly frames: number;
  readonly frameHeight: number;
}

/** What arrives over the connections that are open now. */
export const receptions = (page: Page): Promise<Reception[]> => page.evaluate(readReceptions);

export const packetsOf = async (page: Page, kind: Reception['kind']): Promise<number> => {
  const received = await receptions(page);
  return received.reduce((sum, stream) => sum + (stream.kind === kind ? stream.packets : 0), 0);
};

export interface WholePictures {
  /** Encoded so far: what a receiver can begin with. */
  readonly sent: number;
  /** How often the page was asked for one. */
  readonly asked: number;
}

export const wholePictures = (page: Page): Promise<WholePictures> =>
  page.evaluate(async () => {
    const pictures = { sent: 0, asked: 0 };
    for (const connection of window.instruments.connections) {
      if (connection.connectionState === 'closed') continue;
      const report = (await connection.getStats()) as unknown as Map<
        string,
        RTCOutboundRtpStreamStats
      >;
      for (const stats of report.values()) {
        if (stats.type !== 'outbound-rtp') continue;
        pictures.sent += stats.keyFramesEncoded ?? 0;
        pictures.asked += stats.pliCount ?? 0;
      }
    }
    return pictures;
  });

/** A count that no more grows has stood still for this long. */
const STILL_FOR_MS = 1_500;

export const standsStill = async (what: string, count: () => Promise<number>): Promise<void> => {
  let before = -1;
  let since = 0;
  await waitFor(
    `${what} grows no more`,
    async () => {
      const now = await count();
      if (now !== before) since = performance.now();
      before = now;
      return { count: now, stillForMs: Math.round(performance.now() - since) };
    },
    ({ stillForMs }) => stillForMs >= STILL_FOR_MS,
  );
};

export const grows = async (what: string, count: () => Promise<number>): Promise<void> => {
  const start = await count();
  await waitFor(`${what} grows from ${start}`, count, (now) => now > start);
};

/** Runs in the page: everything it needs is inside. */
const readReceptions = async (): Promise<Reception[]> => {
  const { connections, owners } = window.instruments;
  const reports = await Promise.all(
    connections
      .filter(({ connectionState }) => connectionState !== 'closed')
      .map((connection) => connection.getStats()),
  );
  return reports
    .flatMap((report) => [...(report as unknown as Map<string, Record<string, unknown>>).values()])
    .flatMap((stats) => {
      const participantId = owners.get(String(stats['trackIdentifier']));
      // The server's bandwidth probes are nobody's.
      if (stats['type'] !== 'inbound-rtp' || !participantId?.startsWith('part_')) return [];
      const kind = stats['kind'] === 'audio' ? 'audio' : 'video';
      return [
        {
          participantId,
          kind,
          packets: Number(stats['packetsReceived'] ?? 0),
          frames: Number(stats['framesDecoded'] ?? 0),
          frameHeight: Number(stats['frameHeight'] ?? 0),
        } as const,
      ];
    });
};
