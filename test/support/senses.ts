import type { Locator, Page } from 'playwright-core';
import type { Persona } from './personas.ts';
import { waitFor, type WaitOptions } from './waitFor.ts';

/** What a video element shows, read from its pixels over a few frames. */
export interface Sight {
  /** Share of the pixels that have the most common colour. */
  readonly share: number;
  /** Degrees, of that colour. */
  readonly hue: number;
  /** Frames that differed from the one before. */
  readonly changes: number;
  /** Of the picture as it arrived. */
  readonly width: number;
  readonly height: number;
  readonly visible: boolean;
}

/** Colours come back from VP8 a little off. */
const HUE_TOLERANCE = 20;
/** The bar covers an eighth, edges blur. */
const MIN_SHARE = 0.6;
const TONE_TOLERANCE_HZ = 25;
/** Longer than the pause between two beeps. */
const LISTENING_MS = 1_000;

const hueDistance = (a: number, b: number): number => {
  const distance = Math.abs(a - b) % 360;
  return Math.min(distance, 360 - distance);
};

export const shows = (sight: Sight | null, hue: number): boolean =>
  sight !== null &&
  sight.visible &&
  sight.changes >= 2 &&
  sight.share >= MIN_SHARE &&
  hueDistance(sight.hue, hue) <= HUE_TOLERANCE;

/** Null when there is no video. */
export const look = (video: Locator): Promise<Sight | null> => video.evaluateAll(observe);

/** The pitches that are played in a page now, each with the element it is the loudest of. */
const listen = (page: Page): Promise<number[]> => page.evaluate(overhear, LISTENING_MS);

const isTone = ({ toneHz }: Persona, heardHz: number): boolean =>
  Math.abs(heardHz - toneHz) <= TONE_TOLERANCE_HZ;

export const seesPicture = async (
  video: Locator,
  persona: Persona,
  options?: WaitOptions,
): Promise<Sight> => {
  const sight = await waitFor(
    `the moving picture of ${persona.name} (hue ${persona.hue}) is seen`,
    () => look(video),
    (seen) => shows(seen, persona.hue),
    options,
  );
  return sight!;
};

export const hearsTone = async (
  page: Page,
  persona: Persona,
  options?: WaitOptions,
): Promise<void> => {
  await waitFor(
    `the beeps of ${persona.name} (${persona.toneHz} Hz) are heard`,
    () => listen(page),
    (heard) => heard.some((hz) => isTone(persona, hz)),
    options,
  );
};

export const hearsNothingOf = async (
  page: Page,
  persona: Persona,
  options?: WaitOptions,
): Promise<void> => {
  await waitFor(
    `the beeps of ${persona.name} (${persona.toneHz} Hz) are silent`,
    () => listen(page),
    (heard) => !heard.some((hz) => isTone(persona, hz)),
    options,
  );
};

/** Runs in the page: everything it needs is inside. */
const observe = async ([video]: Element[]): Promise<Sight | null> => {
  if (!(video instanceof HTMLVideoElement)) return null;
  const columns = 32;
  const rows = 18;
  const canvas = new OffscreenCanvas(columns, rows).getContext('2d', { willReadFrequently: true })!;
  const nextFrame = (): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, 500);
      video.requestVideoFrameCallback(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  const isVisible = (): boolean => {
    for (let element: Element | null = video; element; element = element.parentElement) {
      if (Number(getComputedStyle(element).opacity) < 0.5) return false;
    }
    return video.checkVisibility({ visibilityProperty: true });
  };
  const histogram = Array.from({ length: 36 }, () => ({ count: 0, sum: 0 }));
  let pixels = 0;
  let changes = 0;
  let before: Uint8ClampedArray | undefined;
  for (let frame = 0; frame < 4; frame++) {
    await nextFrame();
    canvas.drawImage(video, 0, 0, columns, rows);
    const { data } = canvas.getImageData(0, 0, columns, rows);
    let different = false;
    for (let i = 0; i < data.length; i += 4) {
      const [r, g, b] = [data[i]! / 255, data[i + 1]! / 255, data[i + 2]! / 255];
      const was = before
        ? [before[i]! / 255, before[i + 1]! / 255, before[i + 2]! / 255]
        : [r, g, b];
      different ||= Math.abs(r - was[0]!) + Math.abs(g - was[1]!) + Math.abs(b - was[2]!) > 0.3;
      pixels++;
      const most = Math.max(r, g, b);
      const spread = most - Math.min(r, g, b);
      if (spread < 0.2) continue;
      let hue = (b - r) / spread + 2;
      if (most === r) hue = (g - b) / spread;
      else if (most === b) hue = (r - g) / spread + 4;
      hue = (hue * 60 + 360) % 360;
      // Bins are centred on their hue, so that red is one and not two.
      const bin = histogram[Math.round(hue / 10) % 36]!;
      bin.count++;
      bin.sum += hue > 355 ? hue - 360 : hue;
    }
    if (different) changes++;
    before = data;
  }
  const top = histogram.reduce((a, b) => (b.count > a.count ? b : a));
  const { videoWidth: width, videoHeight: height } = video;
  return {
    share: Math.round((top.count / pixels) * 100) / 100,
    hue: Math.round((top.sum / Math.max(1, top.count) + 360) % 360),
    changes,
    width,
    height,
    visible: isVisible(),
  };
};

/** Runs in the page. The loudest pitch of each element that plays, as often as it stands out. */
const overhear = async (listeningMs: number): Promise<number[]> => {
  const MIN_LEVEL_DB = -65;
  const ABOVE_THE_REST_DB = 25;
  const ears = window as unknown as {
    earsContext?: AudioContext;
    ears?: WeakMap<MediaStreamTrack, AnalyserNode>;
  };
  const context = (ears.earsContext ??= new AudioContext());
  const known = (ears.ears ??= new WeakMap());
  if (context.state !== 'running') await context.resume();
  const analyserOf = (track: MediaStreamTrack): AnalyserNode => {
    const there = known.get(track);
    if (there) return there;
    const analyser = new AnalyserNode(context, { fftSize: 4096, smoothingTimeConstant: 0 });
    context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
    known.set(track, analyser);
    return analyser;
  };
  const heard = new Set<number>();
  const until = performance.now() + listeningMs;
  while (performance.now() < until) {
    const tracks = [...document.querySelectorAll<HTMLMediaElement>('audio, video')]
      .filter(({ paused, muted, volume }) => !paused && !muted && volume > 0)
      .flatMap(({ srcObject }) =>
        srcObject instanceof MediaStream ? srcObject.getAudioTracks() : [],
      );
    for (const track of tracks) {
      const analyser = analyserOf(track);
      const levels = new Float32Array(analyser.frequencyBinCount);
      analyser.getFloatFrequencyData(levels);
      const binHz = context.sampleRate / analyser.fftSize;
      // Below are hums and the window's leakage, above is nothing that a beep has.
      const voice = levels.subarray(Math.round(200 / binHz), Math.round(3000 / binHz));
      const loudest = voice.reduce((top, level, i) => (level > voice[top]! ? i : top), 0);
      const middle = voice.toSorted()[voice.length >> 1]!;
      const peak = voice[loudest]!;
      if (peak > MIN_LEVEL_DB && peak > middle + ABOVE_THE_REST_DB) {
        heard.add(Math.round((loudest + Math.round(200 / binHz)) * binHz));
      }
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return [...heard].toSorted((a, b) => a - b);
};
