import { setTimeout as delay } from 'node:timers/promises';
import type { RecordingResource } from '../../server/protocol/recordings.ts';
import type { RunningApp } from '../support/startApp.ts';
import { truthClip } from '../support/truth/clip.ts';
import type { Impairment } from '../support/truth/Impairment.ts';
import type { ArchiveVerdict } from '../support/truth/judge.ts';
import { judgeRecording } from '../support/truth/judgeRecording.ts';
import { RecordingApi } from '../support/truth/RecordingApi.ts';
import { Taper } from '../support/truth/Taper.ts';
import { SCREEN_CODEC, screenNumber, TruthPeer } from '../support/truth/TruthPeer.ts';

/** When each thing happens, in seconds since the recording began. */
export interface Script {
  readonly lateJoin: number;
  readonly cameraOff: readonly [from: number, to: number];
  readonly muted: readonly [from: number, to: number];
  readonly screen: readonly [from: number, to: number];
  readonly paused: readonly [from: number, to: number];
  readonly earlyLeave: number;
  readonly stop: number;
  /** Length of the clips that are played. */
  readonly clips: number;
}

export const SHORT: Script = {
  lateJoin: 3,
  cameraOff: [4.3, 9.4],
  muted: [6.4, 9.7],
  screen: [6, 19.5],
  paused: [11.5, 14.5],
  earlyLeave: 17.5,
  stop: 23.5,
  clips: 32,
};

export const LONG: Script = {
  lateJoin: 20,
  cameraOff: [30.3, 50.3],
  muted: [40.4, 52.7],
  screen: [35, 100.5],
  paused: [60.5, 70.5],
  earlyLeave: 90.5,
  stop: 120.5,
  clips: 128,
};

export interface Performance {
  readonly recording: RecordingResource;
  readonly verdicts: readonly ArchiveVerdict[];
  /** How late the senders themselves were: what is below is not the recording's fault. */
  readonly latenessMs: readonly number[];
}

export interface PerformanceOptions {
  readonly app: RunningApp;
  readonly script: Script;
  readonly impairment?: Impairment;
  /** While it is being recorded. */
  readonly onRecording?: (room: string) => Promise<void>;
}

const ROOM = 'truth';

/** Encoding takes seconds that nobody has once the call runs. */
const prepareClips = async ({ clips: seconds }: Script): Promise<void> => {
  for (const n of [1, 2, 3]) {
    await truthClip({ n, codec: 'opus', seconds });
    await truthClip({ n, codec: n === 2 ? 'h264' : 'vp8', seconds });
  }
  await truthClip({ n: screenNumber(3), codec: SCREEN_CODEC, seconds });
};

/**
 * A call of three, by the script: Ana turns her camera off and on, Ben mutes himself and leaves
 * early, Cem comes late and shares a screen, and the recording is paused meanwhile.
 */
export const perform = async (options: PerformanceOptions): Promise<Performance> => {
  const { app, script, impairment } = options;
  const api = new RecordingApi(app);
  const peers: TruthPeer[] = [];
  const join = async (name: string, n: number, video: 'vp8' | 'h264'): Promise<TruthPeer> => {
    const peer = await TruthPeer.join({
      url: app.url,
      room: ROOM,
      name,
      n,
      video,
      clipSeconds: script.clips,
      ...(impairment && { impairment }),
    });
    peers.push(peer);
    // What a person sends is looked at here, not what they get.
    peer.peer.client.setView([]);
    return peer;
  };
  try {
    await prepareClips(script);
    const ana = await join('Ana', 1, 'vp8');
    const ben = await join('Ben', 2, 'h264');
    const taper = await Taper.start(api, ROOM);
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
    await Promise.all([
      options.onRecording?.(ROOM),
      between(
        script.cameraOff,
        () => ana.pause('camera'),
        () => ana.resume('camera'),
      ),
      between(
        script.muted,
        () => ben.pause('microphone'),
        () => ben.resume('microphone'),
      ),
      at(script.lateJoin)
        .then(() => join('Cem', 3, 'vp8'))
        .then((cem) =>
          between(
            script.screen,
            () => cem.shareScreen(),
            () => cem.stopScreen(),
          ),
        ),
      between(
        script.paused,
        () => taper.pause(),
        () => taper.resume(),
      ),
      at(script.earlyLeave).then(() => ben.leave()),
      at(script.stop),
    ]);
    await taper.stop();
    const recording = await api.ready(taper.id);
    const verdicts = await judgeRecording({
      api,
      recording,
      taping: taper.taping,
      peers,
      ...(impairment && { lostOf: ({ sending }) => impairment.lostForGood(sending) }),
    });
    const latenessMs = peers.flatMap(({ tracks }) =>
      tracks.flatMap(({ sending }) => sending.latenessMs),
    );
    return { recording, verdicts, latenessMs };
  } finally {
    for (const peer of peers) await peer.leave();
  }
};
