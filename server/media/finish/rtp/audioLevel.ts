const ONE_BYTE_PROFILE = 0xbede;
const TWO_BYTE_PROFILE = 0x1000;

/** Of the header extension that carries them. */
export const AUDIO_LEVEL_URI = 'urn:ietf:params:rtp-hdrext:ssrc-audio-level';

/**
 * Loudness of an audio packet in dBov, -127 (digital silence) to 0 (RFC 6464); undefined when the
 * sender did not tell. `id`: of the header extension (RFC 8285, one or two bytes).
 */
export const audioLevelOf = (packet: Buffer, id: number): number | undefined => {
  const first = packet[0] ?? 0;
  if ((first & 0x10) === 0) return undefined;
  const start = 12 + (first & 0x0f) * 4;
  if (start + 4 > packet.length) return undefined;
  const profile = packet.readUInt16BE(start);
  const end = Math.min(packet.length, start + 4 + packet.readUInt16BE(start + 2) * 4);
  const twoBytes = (profile & 0xfff0) === TWO_BYTE_PROFILE;
  if (!twoBytes && profile !== ONE_BYTE_PROFILE) return undefined;
  const at = findElement(packet.subarray(start + 4, end), id, twoBytes);
  return at === undefined ? undefined : -(at & 0x7f);
};

/** The first byte of an extension's element. */
const findElement = (elements: Buffer, id: number, twoBytes: boolean): number | undefined => {
  let offset = 0;
  while (offset < elements.length) {
    const head = elements.readUInt8(offset);
    offset += 1;
    // A zero is padding in both forms; 15 ends the one-byte form.
    if (head === 0) continue;
    const elementId = twoBytes ? head : head >> 4;
    if (!twoBytes && elementId === 15) return undefined;
    const length = twoBytes ? (elements[offset] ?? 0) : (head & 0x0f) + 1;
    if (twoBytes) offset += 1;
    if (elementId === id) return length > 0 ? elements[offset] : undefined;
    offset += length;
  }
  return undefined;
};
