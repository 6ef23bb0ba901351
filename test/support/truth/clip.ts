import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { drawFrame, FRAMES_PER_S, PICTURE, SECONDS_CODED } from './picture.ts';
import { playSound, SAMPLE_RATE } from './sound.ts';

export type ClipCodec = 'opus' | 'vp8' | 'vp9' | 'h264';

export interface ClipPacket {
  /** Of RTP, behind the header. */
  readonly payload: Buffer;
  readonly marker: boolean;
  /** Where in the clip its content begins. */
  readonly atMs: number;
}

/** What person `n` sends, encoded; it can be played over and over. */
export interface TruthClip {
  readonly n: number;
  readonly codec: ClipCodec;
  readonly clockRate: number;
  readonly seconds: number;
  readonly packets: readonly ClipPacket[];
}

export interface ClipOptions {
  readonly n: number;
  readonly codec: ClipCodec;
  /** At most 128: then the numbers of the seconds begin anew. */
  readonly seconds?: number;
}

/** Part of the name of the files that are kept: change it when clips change. */
const VERSION = 4;

const words = (line: string): string[] => line.split(' ');

const SIZE = `${PICTURE.width}x${PICTURE.height}`;
const RAW_PICTURE = words(`-f rawvideo -pix_fmt yuv420p -r ${FRAMES_PER_S} -s ${SIZE} -i pipe:0`);
const RAW_SOUND = words(`-f s16le -ar ${SAMPLE_RATE} -ac 1 -i pipe:0`);
const VPX = '-deadline realtime -cpu-used 8 -lag-in-frames 0 -auto-alt-ref 0';

/** A key frame each second, with the flash: nobody here hears a request for one. */
const video = (codec: string): string[] =>
  words(`-c:v ${codec} -b:v 300k -g ${FRAMES_PER_S} -force_key_frames expr:gte(t,n_forced)`);

const ENCODERS: Readonly<Record<ClipCodec, { readonly clockRate: number; args: string[] }>> = {
  opus: {
    clockRate: 48_000,
    args: words('-c:a libopus -b:a 40k -application voip -frame_duration 20'),
  },
  vp8: { clockRate: 90_000, args: video(`libvpx ${VPX}`) },
  vp9: { clockRate: 90_000, args: video(`libvpx-vp9 ${VPX} -strict experimental`) },
  h264: {
    clockRate: 90_000,
    args: video('libx264 -profile:v baseline -preset veryfast -tune zerolatency -sc_threshold 0'),
  },
};

export const ffmpegBin = (): string => process.env['FFMPEG_BIN'] ?? 'ffmpeg';

const clips = new Map<string, Promise<TruthClip>>();

/** Encoded once on this machine; all clips of one person are in step with each other. */
export const truthClip = ({ n, codec, seconds = 32 }: ClipOptions): Promise<TruthClip> => {
  if (seconds > SECONDS_CODED) throw new RangeError(`at most ${SECONDS_CODED} s`);
  const key = `${codec} ${n} ${seconds}`;
  const clip = clips.get(key) ?? load({ n, codec, seconds });
  clips.set(key, clip);
  return clip;
};

/** What the encoder gets: frames, or samples. */
export const rawContent = ({ n, codec, seconds }: Required<ClipOptions>): Readable => {
  if (codec === 'opus') return Readable.from([Buffer.from(playSound(n, seconds).buffer)]);
  return Readable.from(
    (function* () {
      for (let i = 0; i < seconds * FRAMES_PER_S; i++) {
        const second = Math.floor(i / FRAMES_PER_S) % SECONDS_CODED;
        yield drawFrame({ n, second, frame: i % FRAMES_PER_S });
      }
    })(),
  );
};

/** Arguments of ffmpeg that read `rawContent` from its input and encode it as clips are. */
export const encoderArgs = (codec: ClipCodec): string[] => [
  ...(codec === 'opus' ? RAW_SOUND : RAW_PICTURE),
  ...ENCODERS[codec].args,
];

const load = async (options: Required<ClipOptions>): Promise<TruthClip> => {
  const folder = join(tmpdir(), 'roomtone-clips');
  const { codec, n, seconds } = options;
  const recipe = JSON.stringify([VERSION, options, encoderArgs(codec), PICTURE, FRAMES_PER_S]);
  const hash = createHash('sha256').update(recipe).digest('hex').slice(0, 16);
  const path = join(folder, `${codec}-${n}-${seconds}s-${hash}.rtp`);
  const packets = readKept(path) ?? (await encode(options));
  keep(folder, path, packets);
  // What the encoder held back to its end belongs to no second of the clip.
  const inside = parse(codec, packets).filter(({ atMs }) => atMs < seconds * 1000);
  return { n, codec, seconds, clockRate: ENCODERS[codec].clockRate, packets: inside };
};

/** Each packet with its length before it. */
const readKept = (path: string): Buffer[] | undefined => {
  let file: Buffer;
  try {
    file = readFileSync(path);
  } catch {
    return undefined;
  }
  const packets: Buffer[] = [];
  for (let at = 0; at < file.length;) {
    const length = file.readUInt16BE(at);
    packets.push(file.subarray(at + 2, at + 2 + length));
    at += 2 + length;
  }
  return packets;
};

const keep = (folder: string, path: string, packets: readonly Buffer[]): void => {
  const parts = packets.flatMap((packet) => {
    const length = Buffer.alloc(2);
    length.writeUInt16BE(packet.length);
    return [length, packet];
  });
  mkdirSync(folder, { recursive: true });
  const half = `${path}.${process.pid}`;
  writeFileSync(half, Buffer.concat(parts));
  renameSync(half, path);
};

const encode = async (options: Required<ClipOptions>): Promise<Buffer[]> => {
  const socket = createSocket('udp4');
  const received: Buffer[] = [];
  socket.on('message', (message) => {
    if (!isRtcp(message)) received.push(message);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  socket.setRecvBufferSize(4 * 1024 * 1024);
  const to = `rtp://127.0.0.1:${socket.address().port}?pkt_size=1100`;
  const ffmpeg = spawn(
    ffmpegBin(),
    ['-v', 'error', ...encoderArgs(options.codec), '-f', 'rtp', to],
    {
      stdio: ['pipe', 'ignore', 'inherit'],
    },
  );
  const [[exitCode]] = await Promise.all([
    once(ffmpeg, 'exit') as Promise<[number | null]>,
    pipeline(rawContent(options), ffmpeg.stdin),
  ]);
  // What it sent last is on its way through this machine.
  await new Promise((resolve) => setTimeout(resolve, 50));
  socket.close();
  const first = received[0]?.readUInt16BE(2) ?? 0;
  const whole = received.every((packet, i) => packet.readUInt16BE(2) === ((first + i) & 0xffff));
  if (exitCode !== 0 || received.length === 0 || !whole)
    throw new Error(`ffmpeg made no whole ${options.codec} clip (${exitCode})`);
  return received;
};

const isRtcp = (packet: Buffer): boolean => packet[1]! >= 192 && packet[1]! <= 223;

const parse = (codec: ClipCodec, packets: readonly Buffer[]): ClipPacket[] => {
  const { clockRate } = ENCODERS[codec];
  const first = packets[0]?.readUInt32BE(4) ?? 0;
  const parsed = packets.map((packet) => {
    const atMs = (((packet.readUInt32BE(4) - first) >>> 0) * 1000) / clockRate;
    const payload = packet.subarray(12);
    // ffmpeg does not say which VP9 frames stand on others (P, RFC 9628); whoever joins has to know.
    if (codec === 'vp9' && atMs % 1000 > 0) payload[0]! |= 0x40;
    return { payload, atMs, marker: (packet[1]! & 0x80) !== 0 };
  });
  const keyless = parsed.filter(({ atMs, payload }) => isKey(codec, payload) && atMs % 1000 > 0);
  if (keyless.length > 0) throw new Error(`${codec}: a key frame at ${keyless[0]?.atMs} ms`);
  return parsed;
};

/** Does a key frame begin in this packet? Of VP9 it is as we said. */
const isKey = (codec: ClipCodec, payload: Buffer): boolean => {
  if (codec === 'vp8') {
    // Behind the descriptor with its extension and long picture number, as ffmpeg writes it (RFC 7741).
    const extended = (payload[0]! & 0x80) !== 0;
    const long = extended && (payload[1]! & 0x80) !== 0 && (payload[2]! & 0x80) !== 0;
    const at = 1 + (extended ? 1 : 0) + (extended && payload[1]! & 0x80 ? 1 : 0) + (long ? 1 : 0);
    return (payload[0]! & 0x10) !== 0 && (payload[at]! & 1) === 0;
  }
  if (codec === 'h264') {
    const type = payload[0]! & 0x1f;
    const startsFragment = type === 28 && (payload[1]! & 0x80) !== 0;
    return (startsFragment ? payload[1]! & 0x1f : type) === 5;
  }
  return false;
};
