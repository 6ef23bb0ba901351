import { expect, test } from 'vitest';
import { PictureAssembler } from './PictureAssembler.ts';
import type { PictureCodec } from './PictureCodec.ts';

/** A payload is a word: `K` begins a key picture, `D` another, `.` goes on, `x` is damage. */
const codec: PictureCodec = {
  format: undefined,
  needsMarker: true,
  isStart: (payload) => /^[KD0]/.test(payload.toString()),
  assemble: (payloads) => {
    const data = Buffer.concat(payloads);
    if (data.toString() === '0') return 'none';
    return data.includes('x') ? undefined : { data, isKey: data.toString().startsWith('K') };
  },
};

/** `K.|D` are packets of two pictures; `_` never came, `-` is padding; `>` has no marker. */
const assemble = (packets: string, needsMarker = true): { seen: string[]; dropped: number } => {
  const assembler = new PictureAssembler({ ...codec, needsMarker });
  const seen: string[] = [];
  let [missing, index] = [0, 0];
  for (const [rtpTime, picture] of packets.split('|').entries()) {
    const noMarker = picture.endsWith('>');
    const parts = picture.replace('>', '').split('');
    for (const [i, part] of parts.entries()) {
      index += 1;
      if (part === '_') {
        missing += 1;
        continue;
      }
      const marker = !noMarker && i === parts.length - 1;
      const payload = Buffer.from(part === '-' ? '' : part);
      const packet = { index, rtpTime, marker, payload, missing, atMs: 0, isNewest: true };
      for (const { data } of assembler.push(packet)) seen.push(data.toString());
      missing = 0;
    }
  }
  return { seen, dropped: assembler.dropped };
};

test.for<[what: string, packets: string, seen: string[], dropped: number]>([
  ['whole pictures', 'K..|D|D.', ['K..', 'D', 'D.'], 0],
  ['nothing before the first key picture, which is no loss', 'D|.|D.|K|D', ['K', 'D'], 0],
  ['a hole in a picture, up to the next key picture', 'K|D_.|D|D|K|D', ['K', 'K', 'D'], 3],
  ['a lost beginning', 'K|_.|D|K', ['K', 'K'], 2],
  ['a lost end', 'K|D._|D|K', ['K', 'K'], 2],
  ['a picture lost in whole', 'K|_|D|K|D', ['K', 'K', 'D'], 1],
  ['a lost picture before a key picture harms nothing else', 'K|_|K|D', ['K', 'K', 'D'], 0],
  ['a key picture with a hole', 'K|K_.|D|K', ['K', 'K'], 2],
  ['damage that packets do not tell', 'K|Dx|D|K', ['K', 'K'], 2],
  // Nothing is missing by number: a pause or a change of layers numbers anew.
  ['a picture cut off by a pause', 'K|D.>|K|D', ['K', 'K', 'D'], 1],
  ['pictures of a sender that sets no markers', 'K.>|D.>|D>', ['K.', 'D.'], 0],
  ['padding between', 'K.|-|D', ['K.', 'D'], 0],
  ['lost padding, which could have been anything', 'K|_|-|D|K', ['K', 'K'], 1],
  ['what shows nothing', 'K|0|D', ['K', 'D'], 0],
  ['a last picture that was cut off', 'K|D|D.>', ['K', 'D'], 0],
])('%s', ([, packets, seen, dropped]) => {
  expect(assemble(packets)).toEqual({ seen, dropped });
});

test('a codec that marks its own ends needs no markers', () => {
  expect(assemble('K|D.>|D|K', false)).toEqual({ seen: ['K', 'D.', 'D', 'K'], dropped: 0 });
});
