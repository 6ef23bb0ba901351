import { beforeEach, describe, expect, it } from 'vitest';
import type { Playable } from './playable.ts';
import { PlayerModel } from './PlayerModel.ts';

/** As much of a video element as the model asks for. */
class FakeVideo extends EventTarget {
  readyState = 0;
  currentTime = 0;
  duration = Number.NaN;
  paused = true;
  muted = false;
  playbackRate = 1;
  defaultPlaybackRate = 1;

  async play(): Promise<void> {
    this.paused = false;
    this.dispatchEvent(new Event('play'));
  }

  /** Another file: the element knows nothing of it yet. */
  empties(): void {
    this.readyState = 0;
    this.currentTime = 0;
    this.paused = true;
    this.duration = Number.NaN;
    this.dispatchEvent(new Event('durationchange'));
  }

  loads(seconds: number): void {
    this.duration = seconds;
    this.dispatchEvent(new Event('durationchange'));
    this.readyState = 1;
    this.dispatchEvent(new Event('loadedmetadata'));
  }
}

const playable = (file: string): Playable => ({
  file,
  kind: 'person',
  label: file,
  hasPicture: true,
  kept: [],
});

describe('what plays', () => {
  let model: PlayerModel;
  let video: FakeVideo;

  beforeEach(() => {
    model = new PlayerModel();
    video = new FakeVideo();
    model.offer([playable('ana.webm'), playable('ben.webm')]);
    model.attach(video as unknown as HTMLVideoElement);
    video.loads(60);
    model.seek(20_000);
  });

  it('goes on at the same moment in another file, and plays on', async () => {
    await video.play();
    model.choose('ben.webm');
    video.empties();
    expect(model.positionMs.value).toBe(20_000);
    video.loads(60);
    expect(video).toMatchObject({ currentTime: 20, paused: false });
  });

  it.each([
    ['before', 0],
    ['after', 1],
  ] as const)('goes where one wished %s the element let go of the file', async (_when, order) => {
    await video.play();
    model.choose('ben.webm');
    if (order === 1) video.empties();
    model.by(5_000);
    if (order === 0) video.empties();
    expect(model.positionMs.value).toBe(25_000);
    video.loads(60);
    expect(video).toMatchObject({ currentTime: 25, paused: false });
  });

  it('goes farther in a longer file than the one before was', () => {
    model.choose('ben.webm');
    model.by(50_000);
    video.empties();
    video.loads(90);
    expect(video.currentTime).toBe(70);
  });

  it('shows how long it is until it knows better', () => {
    model.choose('ben.webm');
    video.empties();
    expect(model.durationMs.value).toBe(60_000);
    video.loads(40);
    expect(model.durationMs.value).toBe(40_000);
    video.loads(Infinity);
    expect(model.durationMs.value).toBe(0);
  });
});
