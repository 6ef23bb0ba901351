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
  screen: [7, 19.5],
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
