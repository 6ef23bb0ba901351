import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { Av1Packetizer } from 'werift';
import type { PlayedClip } from './journalOfTruth.ts';
import { ffmpegBin, rawContent } from './truth/clip.ts';
import { FRAMES_PER_S, PICTURE } from './truth/picture.ts';

const IVF = { header: 32, frameHeader: 12 };
const PAYLOAD_BYTES = 1_100;

/** The picture that `truth` knows, in AV1, which this ffmpeg cannot carry in RTP itself. */
export const av1Clip = async (n: number, seconds: number): Promise<PlayedClip> => {
  const { width, height } = PICTURE;
  const input = `-f rawvideo -pix_fmt yuv420p -r ${FRAMES_PER_S} -s ${width}x${height} -i pipe:0`;
  const encoder = `-c:v libaom-av1 -usage realtime -cpu-used 8 -lag-in-frames 0 -b:v 300k -g ${FRAMES_PER_S}`;
  const ffmpeg = spawn(
    ffmpegBin(),
    `-v error ${input} ${encoder} -keyint_min ${FRAMES_PER_S} -f ivf pipe:1`.split(' '),
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const [ivf, [exitCode]] = await Promise.all([
    buffer(ffmpeg.stdout),
    once(ffmpeg, 'exit') as Promise<[number | null]>,
    pipeline(rawContent({ n, codec: 'vp8', seconds }), ffmpeg.stdin),
  ]);
  if (exitCode !== 0) throw new Error(`ffmpeg made no AV1 (${exitCode})`);
  const packetizer = new Av1Packetizer({ maxPayloadSize: PAYLOAD_BYTES });
  const packets = [];
  for (let at = IVF.header, frame = 0; at < ivf.length; frame++) {
    const end = at + IVF.frameHeader + ivf.readUInt32LE(at);
    const unit = ivf.subarray(at + IVF.frameHeader, end);
    const isKeyframe = frame % FRAMES_PER_S === 0;
    for (const { payload, header } of packetizer.packetize(unit, 0, { isKeyframe })) {
      packets.push({ payload, marker: header.marker, atMs: (frame * 1000) / FRAMES_PER_S });
    }
    at = end;
  }
  return { codec: 'av1', clockRate: 90_000, seconds, packets };
};
