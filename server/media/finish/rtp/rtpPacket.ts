/** An RTP packet (RFC 3550, 5.1); `payload` shares the packet's memory. */
export interface RtpPacket {
  readonly payloadType: number;
  readonly marker: boolean;
  readonly sequenceNumber: number;
  readonly timestamp: number;
  readonly ssrc: number;
  /** Without padding. Empty in packets that only probe the bandwidth. */
  readonly payload: Buffer;
}

const FIXED_HEADER_BYTES = 12;

/** Undefined: this is no RTP packet. */
export const parseRtp = (bytes: Buffer): RtpPacket | undefined => {
  if (bytes.length < FIXED_HEADER_BYTES) return undefined;
  const first = bytes.readUInt8(0);
  if (first >> 6 !== 2) return undefined;
  let start = FIXED_HEADER_BYTES + (first & 0x0f) * 4;
  if ((first & 0x10) !== 0) {
    if (start + 4 > bytes.length) return undefined;
    start += 4 + bytes.readUInt16BE(start + 2) * 4;
  }
  const end = bytes.length - ((first & 0x20) === 0 ? 0 : bytes.readUInt8(bytes.length - 1));
  if (start > end) return undefined;
  const second = bytes.readUInt8(1);
  return {
    payloadType: second & 0x7f,
    marker: second >> 7 === 1,
    sequenceNumber: bytes.readUInt16BE(2),
    timestamp: bytes.readUInt32BE(4),
    ssrc: bytes.readUInt32BE(8),
    payload: bytes.subarray(start, end),
  };
};
