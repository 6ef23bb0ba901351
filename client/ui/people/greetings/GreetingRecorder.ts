import { signal, type ReadonlySignal, type Signal } from '@preact/signals';
import {
  openMicrophone,
  problemOf,
  rememberedDevice,
  type DeviceProblem,
} from '../../../core/devices.ts';

/** Longer ones nobody listens to, and the server does not take them. */
export const MAX_MS = 60_000;
const COUNTED = 3;
const SECOND_MS = 1_000;
/** What is kept is smaller; this is made only once. */
const BITS_PER_SECOND = 96_000;

export type RecorderState =
  | { readonly name: 'asking' }
  | { readonly name: 'counting'; readonly left: number; readonly track: MediaStreamTrack }
  | { readonly name: 'recording'; readonly since: number; readonly track: MediaStreamTrack }
  | { readonly name: 'recorded'; readonly sound: Blob }
  | { readonly name: 'failed'; readonly problem: DeviceProblem };

/** Records once from the microphone: counts down, listens, and lets go of it. */
export class GreetingRecorder {
  readonly state: ReadonlySignal<RecorderState>;
  readonly #state: Signal<RecorderState> = signal<RecorderState>({ name: 'asking' });
  #track: MediaStreamTrack | undefined;
  #recorder: MediaRecorder | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #closed = false;

  constructor() {
    this.state = this.#state;
    void this.#open();
  }

  stop(): void {
    clearTimeout(this.#timer);
    if (this.#recorder?.state === 'recording') this.#recorder.stop();
  }

  /** Idempotent. */
  close(): void {
    this.#closed = true;
    this.stop();
    this.#track?.stop();
  }

  async #open(): Promise<void> {
    try {
      const track = await openMicrophone(rememberedDevice('microphone'));
      this.#track = track;
      if (this.#closed) track.stop();
      else this.#count(track, COUNTED);
    } catch (error) {
      this.#fail(problemOf(error));
    }
  }

  #count(track: MediaStreamTrack, left: number): void {
    this.#state.value = { name: 'counting', left, track };
    this.#timer = setTimeout(() => {
      if (left > 1) this.#count(track, left - 1);
      else this.#record(track);
    }, SECOND_MS);
  }

  #record(track: MediaStreamTrack): void {
    const chunks: Blob[] = [];
    try {
      const recorder = new MediaRecorder(new MediaStream([track]), {
        audioBitsPerSecond: BITS_PER_SECOND,
      });
      recorder.addEventListener('dataavailable', ({ data }) => chunks.push(data));
      recorder.addEventListener('stop', () => {
        track.stop();
        if (this.#closed) return;
        const type = recorder.mimeType || chunks[0]?.type || 'audio/webm';
        this.#state.value = { name: 'recorded', sound: new Blob(chunks, { type }) };
      });
      recorder.start();
      this.#recorder = recorder;
    } catch (error) {
      this.#fail(problemOf(error));
      return;
    }
    this.#state.value = { name: 'recording', since: Date.now(), track };
    this.#timer = setTimeout(() => this.stop(), MAX_MS);
  }

  #fail(problem: DeviceProblem): void {
    this.#track?.stop();
    this.#state.value = { name: 'failed', problem };
  }
}
