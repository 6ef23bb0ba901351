import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { RecordingResource } from '../../server/protocol/recordings.ts';
import { faultsOf } from '../support/truth/faultsOf.ts';
import { judgeRecording, type JudgedArchive } from '../support/truth/judgeRecording.ts';
import { FRAME_MS } from '../support/truth/picture.ts';
import { RecordingApi } from '../support/truth/RecordingApi.ts';
import { Taper } from '../support/truth/Taper.ts';
import { TruthPeer, type TruthTrack } from '../support/truth/TruthPeer.ts';
import { waitFor } from '../support/waitFor.ts';
import { endLeftovers, KillableServer } from './killServer.ts';

export type Victim = 'server' | 'group' | 'worker' | 'finishing' | 'ffmpeg';

export interface KillRun {
  readonly victim: Victim;
  /** When it struck, after the recording began or was stopped. */
  readonly afterMs: number;
  /** Of the archives, what is not as it should be; empty: all of them play and have everything. */
  readonly faults: readonly string[];
  /** Per track, what had been sent when it struck and is not there; with `worker` how long it was away. */
  readonly lostMs: readonly number[];
  /** From the new start until the files are there. */
  readonly readyMs: number;
  /** Processes that outlived their server. */
  readonly leftovers: readonly string[];
}

const ROOM = 'kill';
const PACKET_MS = 20;
/** So much of the end may be lost; what is missing before it is a fault. */
const LOSS_LIMIT_MS = 250;
/** Time for a room to come to another worker, and for everything to be sent again. */
const RETURN_LIMIT_MS = 15_000;
const AFTER_RETURN_MS = 2_500;
const SETTLE_MS = 400;

const between = (fromMs: number, toMs: number): number => fromMs + Math.random() * (toMs - fromMs);

/** One recording of two people that something is killed in. */
export const killOnce = async (victim: Victim): Promise<KillRun> => {
  const folder = mkdtempSync(join(tmpdir(), 'roomtone-kill-'));
  const scene = await Scene.begin(folder);
  try {
    const run = await ACTS[victim](scene);
    return { victim, ...run, leftovers: await scene.leftovers() };
  } finally {
    await scene.close();
    rmSync(folder, { recursive: true, force: true });
  }
};

type Outcome = Omit<KillRun, 'victim' | 'leftovers'>;

/** A server, two people and a recording. */
class Scene {
  server: KillableServer;
  readonly folder: string;
  readonly peers: readonly TruthPeer[];
  readonly taper: Taper;
  readonly #leftovers: string[] = [];

  static async begin(folder: string): Promise<Scene> {
    const server = await KillableServer.start(folder);
    const peers: TruthPeer[] = [];
    try {
      for (const [name, n, video] of [
        ['Ana', 1, 'vp8'],
        ['Ben', 2, 'h264'],
      ] as const) {
        const peer = await TruthPeer.join({ url: server.url, room: ROOM, name, n, video });
        peers.push(peer);
        peer.peer.client.setView([]);
      }
      return new Scene(folder, server, peers, await Taper.start(new RecordingApi(server), ROOM));
    } catch (error) {
      for (const peer of peers) await peer.leave();
      await server.close();
      throw error;
    }
  }

  private constructor(
    folder: string,
    server: KillableServer,
    peers: readonly TruthPeer[],
    taper: Taper,
  ) {
    this.folder = folder;
    this.server = server;
    this.peers = peers;
    this.taper = taper;
  }

  get tracks(): TruthTrack[] {
    return this.peers.flatMap(({ tracks }) => tracks);
  }

  /** The server is dead: whoever was there goes, and a new one starts on what it left. */
  async restart(): Promise<void> {
    await this.#noteLeftovers();
    for (const peer of this.peers) await peer.leave();
    this.server = await KillableServer.start(this.folder);
  }

  async judge(): Promise<{ recording: RecordingResource; archives: JudgedArchive[] }> {
    const api = new RecordingApi(this.server);
    const recording = await api.ready(this.taper.id);
    const { peers, taper } = this;
    const archives = await judgeRecording({ api, recording, taping: taper.taping, peers });
    return { recording, archives };
  }

  async leftovers(): Promise<string[]> {
    await this.close();
    await this.#noteLeftovers();
    return this.#leftovers;
  }

  async close(): Promise<void> {
    for (const peer of this.peers) await peer.leave();
    await this.server.close();
  }

  async #noteLeftovers(): Promise<void> {
    const left = await endLeftovers(this.folder);
    this.#leftovers.push(...left.map(({ command }) => command));
  }
}

const killServer =
  (whom: 'alone' | 'group') =>
  async (scene: Scene): Promise<Outcome> => {
    const afterMs = between(2_000, 7_000);
    await delay(afterMs);
    const atMs = await scene.server.kill(whom);
    scene.taper.endedAt(atMs, LOSS_LIMIT_MS);
    await scene.restart();
    const startedAt = performance.now();
    const { archives } = await scene.judge();
    const lostMs = archives.flatMap((archive) => lostAtEnd(archive, scene.taper, atMs));
    const readyMs = performance.now() - startedAt;
    return { afterMs, faults: allFaults(archives), lostMs, readyMs };
  };

/** The recording goes on with another worker. */
const killWorker = async (scene: Scene): Promise<Outcome> => {
  const afterMs = between(2_000, 5_000);
  await delay(afterMs);
  const [worker] = scene.server.helpers('mediasoup-worker');
  if (!worker) throw new Error('there is no worker');
  const atMs = performance.now();
  process.kill(worker.pid, 'SIGKILL');
  const tracks = scene.peers.flatMap((peer) => peer.tracks);
  await waitFor(
    'everybody sends again',
    () => tracks.every(({ sending }) => sending.outletSinceMs > atMs),
    Boolean,
    { timeoutMs: RETURN_LIMIT_MS },
  );
  const lostMs = tracks.map(({ sending, doubts }) => {
    doubts.push([atMs - LOSS_LIMIT_MS, sending.outletSinceMs + SETTLE_MS]);
    return sending.outletSinceMs - atMs;
  });
  await delay(AFTER_RETURN_MS);
  await scene.taper.stop();
  const stoppedAt = performance.now();
  const { archives } = await scene.judge();
  return { afterMs, faults: allFaults(archives), lostMs, readyMs: performance.now() - stoppedAt };
};

/** Everything was on disk when it struck: nothing may be lost. */
const killFinishing = async (scene: Scene): Promise<Outcome> => {
  await delay(between(3_000, 5_000));
  await scene.taper.stop();
  const afterMs = between(0, 1_500);
  await delay(afterMs);
  await scene.server.kill('group');
  await scene.restart();
  const startedAt = performance.now();
  const { archives } = await scene.judge();
  const readyMs = performance.now() - startedAt;
  return { afterMs, faults: allFaults(archives), lostMs: [0], readyMs };
};

/** One of the programs that make files dies; the server lives. */
const killFfmpeg = async (scene: Scene): Promise<Outcome> => {
  await delay(between(3_000, 5_000));
  await scene.taper.stop();
  const stoppedAt = performance.now();
  const [victim] = await waitFor(
    'an ffmpeg is at work',
    () => scene.server.helpers('-nostdin'),
    ({ length }) => length > 0,
    { everyMs: 5 },
  );
  process.kill(victim!.pid, 'SIGKILL');
  const afterMs = performance.now() - stoppedAt;
  const ended = await waitFor(
    'it is finished, or failed',
    () => new RecordingApi(scene.server).get(scene.taper.id),
    ({ state }) => state === 'ready' || state === 'failed',
    { timeoutMs: 60_000 },
  );
  if (ended.state === 'failed') {
    await scene.server.kill('group');
    await scene.restart();
  }
  const { archives } = await scene.judge();
  const readyMs = performance.now() - stoppedAt;
  return { afterMs, faults: allFaults(archives), lostMs: [0], readyMs };
};

const ACTS: Readonly<Record<Victim, (scene: Scene) => Promise<Outcome>>> = {
  server: killServer('alone'),
  group: killServer('group'),
  worker: killWorker,
  finishing: killFinishing,
  ffmpeg: killFfmpeg,
};

export const VICTIMS = Object.keys(ACTS) as Victim[];

/** For each track: from where its content ends in the file to where it ended on the line. */
const lostAtEnd = ({ peer, decoded }: JudgedArchive, { taping }: Taper, atMs: number): number[] =>
  peer.tracks.map(({ sending: { sent, clip } }) => {
    const lastSent = sent.findLast(({ wroteMs }) => wroteMs < atMs);
    if (!lastSent) return 0;
    const sentUntilMs =
      lastSent.dueMs + (clip.codec === 'opus' ? PACKET_MS : FRAME_MS) - taping.zeroMs;
    const keptUntilMs =
      clip.codec === 'opus'
        ? (decoded.audio?.sounding.at(-1)?.toMs ?? 0)
        : (decoded.video?.frames.findLast(({ code }) => code)?.atMs ?? -FRAME_MS) + FRAME_MS;
    return Math.max(0, sentUntilMs - keptUntilMs);
  });

const allFaults = (archives: readonly JudgedArchive[]): string[] =>
  archives.flatMap(({ verdict }) => faultsOf(verdict));
