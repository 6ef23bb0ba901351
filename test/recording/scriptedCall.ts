import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { RecordingResource } from '../../server/protocol/recordings.ts';
import type { RunningApp } from '../support/startApp.ts';
import { truthClip } from '../support/truth/clip.ts';
import { decodeRecording } from '../support/truth/decodeRecording.ts';
import type { Impairment } from '../support/truth/Impairment.ts';
import type { Taping } from '../support/truth/expectation.ts';
import { judgeBrowser, type BrowserVerdict } from '../support/truth/judgeBrowser.ts';
import { judgeRecording, type JudgedArchive } from '../support/truth/judgeRecording.ts';
import { RecordingApi } from '../support/truth/RecordingApi.ts';
import { Taper } from '../support/truth/Taper.ts';
import { TruthBrowser } from '../support/truth/TruthBrowser.ts';
import { SCREEN_CODEC, screenNumber, TruthPeer } from '../support/truth/TruthPeer.ts';
import type { Script } from './scripts.ts';

export interface Performance {
  readonly recording: RecordingResource;
  readonly taping: Taping;
  /** Who sent the pictures and sounds of known content. */
  readonly peers: readonly TruthPeer[];
  readonly archives: readonly JudgedArchive[];
  readonly browser: BrowserVerdict | null;
  /** How late the senders themselves were: what is below is not the recording's fault. */
  readonly latenessMs: readonly number[];
}

export interface PerformanceOptions {
  readonly app: RunningApp;
  readonly script: Script;
  readonly impairment?: Impairment;
  /** Dee takes part in a real browser, on a line of her own. */
  readonly withBrowser?: boolean;
}

const ROOM = 'truth';
/** A browser's first pictures, while its estimate of the line grows. */
const BROWSER_WARMUP_MS = 2_000;

/**
 * A call by the script: Ana turns her camera off and on, Ben mutes himself and leaves early, Cem
 * comes late and shares a screen, Dee is there all the time, and the recording is paused meanwhile.
 */
export const perform = async (options: PerformanceOptions): Promise<Performance> => {
  const { app, script, impairment } = options;
  await prepareClips(script);
  const stage = new Stage(options);
  try {
    const dee = options.withBrowser === true ? await stage.enterBrowser() : null;
    const [ana, ben] = [await stage.join('Ana', 1, 'vp8'), await stage.join('Ben', 2, 'h264')];
    const api = new RecordingApi(app);
    const taper = await Taper.start(api, ROOM);
    await play(script, { stage, ana, ben, taper });
    await taper.stop();
    const recording = await api.ready(taper.id);
    const { taping } = taper;
    const archives = await judgeRecording({
      api,
      recording,
      taping,
      peers: stage.peers,
      ...(impairment && { arrivalsOf: ({ sending }) => impairment.arrivalsOf(sending) }),
    });
    const browser = dee && (await judgeDee(api, recording, dee, taper));
    const sent = stage.peers.flatMap(({ tracks }) => tracks);
    const latenessMs = sent.flatMap(({ sending }) => sending.latenessMs);
    return { recording, taping, peers: stage.peers, archives, browser, latenessMs };
  } finally {
    await stage.close();
  }
};

/** Encoding takes seconds that nobody has once the call runs. */
const prepareClips = async ({ clips: seconds }: Script): Promise<void> => {
  for (const n of [1, 2, 3]) {
    await truthClip({ n, codec: 'opus', seconds });
    await truthClip({ n, codec: n === 2 ? 'h264' : 'vp8', seconds });
  }
  await truthClip({ n: screenNumber(3), codec: SCREEN_CODEC, seconds });
};

/** Whoever has come. */
class Stage {
  readonly peers: TruthPeer[] = [];
  readonly #options: PerformanceOptions;
  #browser: TruthBrowser | undefined;

  constructor(options: PerformanceOptions) {
    this.#options = options;
  }

  async join(name: string, n: number, video: 'vp8' | 'h264'): Promise<TruthPeer> {
    const { app, script, impairment } = this.#options;
    const peer = await TruthPeer.join({
      url: app.url,
      room: ROOM,
      name,
      n,
      video,
      clipSeconds: script.clips,
      ...(impairment && { impairment }),
    });
    this.peers.push(peer);
    // What a person sends is looked at here, not what they get.
    peer.peer.client.setView([]);
    return peer;
  }

  async enterBrowser(): Promise<TruthBrowser> {
    this.#browser = await TruthBrowser.enter(this.#options.app.url, ROOM, { name: 'Dee', n: 4 });
    return this.#browser;
  }

  async close(): Promise<void> {
    for (const peer of this.peers) await peer.leave();
    await this.#browser?.close();
  }
}

const play = async (
  script: Script,
  { stage, ana, ben, taper }: { stage: Stage; ana: TruthPeer; ben: TruthPeer; taper: Taper },
): Promise<void> => {
  const startedAt = performance.now();
  const at = (seconds: number): Promise<void> =>
    delay(Math.max(0, startedAt + seconds * 1000 - performance.now()));
  const between = async (
    [from, to]: readonly [number, number],
    begin: () => Promise<void>,
    end: () => Promise<void>,
  ): Promise<void> => {
    await at(from);
    await begin();
    await at(to);
    await end();
  };
  const comeLate = async (): Promise<void> => {
    await at(script.lateJoin);
    const cem = await stage.join('Cem', 3, 'vp8');
    const share = () => cem.shareScreen();
    await between(script.screen, share, () => cem.stopScreen());
  };
  const leaveEarly = async (): Promise<void> => {
    await at(script.earlyLeave);
    await ben.leave();
  };
  const cameraOff = () => ana.pause('camera');
  const mute = () => ben.pause('microphone');
  const pause = () => taper.pause();
  await Promise.all([
    between(script.cameraOff, cameraOff, () => ana.resume('camera')),
    between(script.muted, mute, () => ben.resume('microphone')),
    between(script.paused, pause, () => taper.resume()),
    comeLate(),
    leaveEarly(),
    at(script.stop),
  ]);
};

const judgeDee = async (
  api: RecordingApi,
  recording: RecordingResource,
  { n }: TruthBrowser,
  { taping }: Taper,
): Promise<BrowserVerdict> => {
  const file = recording.files.find(
    ({ kind, participant }) => kind === 'track' && participant?.name === 'Dee',
  );
  if (!file) throw new Error('Dee has no archive');
  const folder = mkdtempSync(join(tmpdir(), 'roomtone-truth-'));
  try {
    const decoded = await decodeRecording(await api.download(file, folder));
    const [first, second] = taping.kept;
    const pause = [(first?.[1] ?? 0) - taping.zeroMs, (second?.[0] ?? 0) - taping.zeroMs] as const;
    return judgeBrowser(decoded, n, [[-Infinity, BROWSER_WARMUP_MS], pause]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
