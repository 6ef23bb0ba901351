import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { Av1Packetizer, H264Packetizer, Vp8Packetizer, Vp9Packetizer } from 'werift';
import type { PlayedClip } from './journalOfTruth.ts';
import { ffmpegBin, rawContent } from './truth/clip.ts';
import { FRAMES_PER_S, PICTURE } from './truth/picture.ts';
import { playSound, SAMPLE_RATE } from './truth/sound.ts';

const PAYLOAD_BYTES = 1_100;
const IVF = { header: 32, frameHeader: 12 };
const ACCESS_UNIT_DELIMITER = Buffer.from([0, 0, 0, 1, 9]);

type PictureCodecName = 'vp8' | 'vp9' | 'h264' | 'av1';

const ENCODERS: Readonly<Record<PictureCodecName, string>> = {
  vp8: '-c:v libvpx -deadline realtime -cpu-used 8 -lag-in-frames 0 -f ivf',
  vp9: '-c:v libvpx-vp9 -deadline realtime -cpu-used 8 -lag-in-frames 0 -f ivf',
  av1: '-c:v libaom-av1 -usage realtime -cpu-used 5 -qmax 30 -lag-in-frames 0 -f ivf',
  h264: '-c:v libx264 -profile:v baseline -preset veryfast -tune zerolatency -sc_threshold 0 -bsf:v h264_metadata=aud=insert -f h264',
};

export interface EncodedOptions {
  readonly n: number;
  readonly seconds: number;
  readonly codec: PictureCodecName;
  /** The picture that `truth` knows, made smaller or larger. */
  readonly width?: number;
  /** Instead: a picture of another shape (filters of ffmpeg). */
  readonly filter?: string;
}

/** The coded pictures themselves, one a buffer. */
export const encodedPictures = async ({
  n,
  seconds,
  codec,
  width = PICTURE.width,
  filter = `scale=${width}:-2`,
}: EncodedOptions): Promise<Buffer[]> => {
  const size = `${PICTURE.width}x${PICTURE.height}`;
  const input = `-f rawvideo -pix_fmt yuv420p -r ${FRAMES_PER_S} -s ${size} -i pipe:0`;
  const keys = `-b:v 400k -g ${FRAMES_PER_S} -keyint_min ${FRAMES_PER_S}`;
  const bytes = await encode(
    `${input} -vf ${filter} ${keys} ${ENCODERS[codec]}`.split(' '),
    rawContent({ n, codec: 'vp8', seconds }),
  );
  return codec === 'h264' ? splitStream(bytes) : splitIvf(bytes);
};

/** Packets that were made by something other than ffmpeg. */
export const encodedClip = async (options: EncodedOptions): Promise<PlayedClip> => {
  const { codec, seconds } = options;
  const pictures = await encodedPictures(options);
  const settings = { maxPayloadSize: PAYLOAD_BYTES };
  const packetizer = {
    vp8: () => new Vp8Packetizer(settings),
    vp9: () => new Vp9Packetizer(settings),
    av1: () => new Av1Packetizer(settings),
    h264: () => new H264Packetizer(settings),
  }[codec]();
  const packets = pictures.flatMap((picture, i) =>
    packetizer
      .packetize(picture, 0, { isKeyframe: i % FRAMES_PER_S === 0 })
      .map(({ payload, header }) => ({
        payload,
        marker: header.marker,
        atMs: (i * 1000) / FRAMES_PER_S,
      })),
  );
  return { codec, clockRate: 90_000, seconds, packets };
};

export interface SpokenOptions {
  readonly n: number;
  readonly seconds: number;
  readonly frameMs: number;
  /** Of libopus. */
  readonly args?: string;
}

/** Beeps in Opus frames of another length, or with what else libopus can do. */
export const spokenClip = async (options: SpokenOptions): Promise<PlayedClip> => {
  const { n, seconds, frameMs, args = '' } = options;
  const input = `-f s16le -ar ${SAMPLE_RATE} -ac 1 -i pipe:0`;
  const encoder = `-c:a libopus -b:a 24k -application voip -frame_duration ${frameMs} ${args} -f ogg`;
  const ogg = await encode(
    `${input} ${encoder}`.split(' ').filter(Boolean),
    Buffer.from(playSound(n, seconds).buffer),
  );
  const packets = packetsInOgg(ogg)
    .slice(2)
    .map((payload, i) => ({ payload, marker: i === 0, atMs: i * frameMs }))
    .filter(({ atMs }) => atMs < seconds * 1000);
  return { codec: 'opus', clockRate: 48_000, seconds, packets };
};

const encode = async (
  args: readonly string[],
  input: NodeJS.ReadableStream | Buffer,
): Promise<Buffer> => {
  const ffmpeg = spawn(ffmpegBin(), ['-v', 'error', ...args, 'pipe:1'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const feed = async (): Promise<void> => {
    if (Buffer.isBuffer(input)) ffmpeg.stdin.end(input);
    else await pipeline(input, ffmpeg.stdin);
  };
  const [bytes, [exitCode]] = await Promise.all([
    buffer(ffmpeg.stdout),
    once(ffmpeg, 'exit') as Promise<[number | null]>,
    feed(),
  ]);
  if (exitCode !== 0) throw new Error(`ffmpeg encoded nothing (${exitCode})`);
  return bytes;
};

const splitIvf = (ivf: Buffer): Buffer[] => {
  const pictures: Buffer[] = [];
  for (let at = IVF.header; at < ivf.length;) {
    const end = at + IVF.frameHeader + ivf.readUInt32LE(at);
    pictures.push(ivf.subarray(at + IVF.frameHeader, end));
    at = end;
  }
  return pictures;
};

const splitStream = (stream: Buffer): Buffer[] => {
  const starts: number[] = [];
  let at = stream.indexOf(ACCESS_UNIT_DELIMITER);
  for (; at >= 0; at = stream.indexOf(ACCESS_UNIT_DELIMITER, at + 1)) starts.push(at);
  return starts.map((start, i) => stream.subarray(start, starts[i + 1]));
};

const packetsInOgg = (ogg: Buffer): Buffer[] => {
  const packets: Buffer[] = [];
  let parts: Buffer[] = [];
  for (let page = 0; page < ogg.length;) {
    const lengths = ogg.subarray(page + 27, page + 27 + ogg[page + 26]!);
    let at = page + 27 + lengths.length;
    for (const length of lengths) {
      parts.push(ogg.subarray(at, at + length));
      at += length;
      if (length === 255) continue;
      packets.push(Buffer.concat(parts));
      parts = [];
    }
    page = at;
  }
  return packets;
};
