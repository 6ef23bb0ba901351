import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';

/** RTP packets as ffmpeg wrote them, with the time each is due within its clip. */
export interface Clip {
  readonly packets: readonly { readonly bytes: Buffer; readonly atMs: number }[];
  readonly durationMs: number;
  readonly clockRate: number;
}

const CLIP_SECONDS = 4;

const SOURCES = {
  audio: {
    clockRate: 48_000,
    input: ['-f', 'lavfi', '-i', 'sine=frequency=440:sample_rate=48000'],
    encode: ['-c:a', 'libopus', '-b:a', '32k', '-ac', '2', '-frame_duration', '20'],
  },
  video: {
    clockRate: 90_000,
    input: ['-f', 'lavfi', '-i', 'testsrc=size=320x180:rate=15'],
    // A key frame each second: whoever comes late waits no longer, and no encoder hears a PLI here.
    encode: [
      '-c:v',
      'libvpx',
      '-b:v',
      '200k',
      '-g',
      '15',
      '-deadline',
      'realtime',
      '-cpu-used',
      '8',
    ],
  },
} as const;

const clips = new Map<string, Promise<Clip>>();

/** Encoded once per process; every peer sends the same packets. */
export const clipOf = (kind: 'audio' | 'video'): Promise<Clip> => {
  const clip = clips.get(kind) ?? record(SOURCES[kind]);
  clips.set(kind, clip);
  return clip;
};

/** As `clipOf`, at a pitch of one's own. */
export const toneOf = (hz: number): Promise<Clip> => {
  const { audio } = SOURCES;
  const input = ['-f', 'lavfi', '-i', `sine=frequency=${hz}:sample_rate=48000`];
  const clip = clips.get(`${hz}`) ?? record({ ...audio, input });
  clips.set(`${hz}`, clip);
  return clip;
};

const record = async ({
  clockRate,
  input,
  encode,
}: {
  clockRate: number;
  input: readonly string[];
  encode: readonly string[];
}): Promise<Clip> => {
  const socket = createSocket('udp4');
  const received: Buffer[] = [];
  socket.on('message', (message) => {
    if (!isRtcp(message)) received.push(message);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  socket.setRecvBufferSize(4 * 1024 * 1024);
  const to = `rtp://127.0.0.1:${socket.address().port}?pkt_size=1100`;
  const args = ['-v', 'error', ...input, '-t', String(CLIP_SECONDS), ...encode, '-f', 'rtp', to];
  const ffmpeg = spawn(process.env['FFMPEG_BIN'] ?? 'ffmpeg', args, {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [exitCode] = (await once(ffmpeg, 'exit')) as [number | null];
  await new Promise((resolve) => setTimeout(resolve, 50));
  socket.close();
  if (exitCode !== 0 || received.length === 0)
    throw new Error(`ffmpeg made nothing to send (${exitCode})`);
  const first = received[0]!.readUInt32BE(4);
  return {
    clockRate,
    durationMs: CLIP_SECONDS * 1000,
    packets: received.map((bytes) => ({
      bytes,
      atMs: (((bytes.readUInt32BE(4) - first) >>> 0) * 1000) / clockRate,
    })),
  };
};

const isRtcp = (packet: Buffer): boolean => packet[1]! >= 192 && packet[1]! <= 223;

/** Sends a clip over and over, with numbers and times that go on from round to round. */
export class ClipPlayer {
  readonly #clip: Clip;
  readonly #write: (packet: Buffer) => void;
  readonly #startedAt = performance.now();
  #timer: NodeJS.Timeout | undefined;
  #sent = 0;

  constructor(clip: Clip, write: (packet: Buffer) => void) {
    this.#clip = clip;
    this.#write = write;
    // One timer for many packets: precise enough for a jitter buffer, cheap enough for twenty peers.
    this.#timer = setInterval(() => this.#sendDue(), 40);
  }

  get sent(): number {
    return this.#sent;
  }

  close(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #sendDue(): void {
    const { packets, durationMs, clockRate } = this.#clip;
    const elapsedMs = performance.now() - this.#startedAt;
    for (;;) {
      const round = Math.floor(this.#sent / packets.length);
      const { bytes, atMs } = packets[this.#sent % packets.length]!;
      if (round * durationMs + atMs > elapsedMs) return;
      const packet = Buffer.from(bytes);
      const timestamp = bytes.readUInt32BE(4) + (round * durationMs * clockRate) / 1000;
      packet.writeUInt16BE(this.#sent & 0xffff, 2);
      packet.writeUInt32BE(timestamp >>> 0, 4);
      this.#sent += 1;
      this.#write(packet);
    }
  }
}
