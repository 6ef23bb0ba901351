const SILK_MS = [10, 20, 40, 60] as const;
const HYBRID_MS = [10, 20] as const;
const CELT_MS = [2.5, 5, 10, 20] as const;
const MAX_PACKET_MS = 120;

/** How long an Opus packet sounds (RFC 6716, 3.1); undefined: it is none. */
export const opusDurationMs = (packet: Buffer): number | undefined => {
  const toc = packet[0];
  if (toc === undefined) return undefined;
  const frameMs = frameDurationMs(toc >> 3);
  const frames = frameCount(packet, toc & 0x03);
  const durationMs = frameMs * frames;
  return durationMs > 0 && durationMs <= MAX_PACKET_MS ? durationMs : undefined;
};

const frameDurationMs = (config: number): number => {
  if (config < 12) return SILK_MS[config & 3] ?? 0;
  if (config < 16) return HYBRID_MS[config & 1] ?? 0;
  return CELT_MS[config & 3] ?? 0;
};

const frameCount = (packet: Buffer, code: number): number => {
  if (code === 0) return 1;
  return code === 3 ? (packet[1] ?? 0) & 0x3f : 2;
};
