import { computed, signal } from '@preact/signals';
import { recall, remember } from '../../parts/memory.ts';
import { toFileMs, toRecordingMs } from './clockMap.ts';
import type { Playable } from './playable.ts';
import { SPEEDS } from './playerKeys.ts';

const SPEED = 'playingSpeed';
/** Of an element that knows nothing of its file yet. */
const HAVE_NOTHING = 0;

const keptSpeed = (): number => {
  const speed = Number(recall(SPEED));
  return SPEEDS.some((one) => one === speed) ? speed : 1;
};

/** What plays, and where it is. Positions are of the file; the chart asks by the recording's clock. */
export class PlayerModel {
  readonly playables = signal<readonly Playable[]>([]);
  readonly source = signal<Playable | null>(null);
  readonly positionMs = signal(0);
  readonly durationMs = signal(0);
  readonly playing = signal(false);
  readonly muted = signal(false);
  readonly speed = signal(keptSpeed());
  readonly failed = signal(false);
  /** Null: what plays runs by a clock that is not known. */
  readonly recordingMs = computed(() => {
    const kept = this.#kept(this.source.value);
    return kept === null ? null : toRecordingMs(kept, this.positionMs.value);
  });
  #element: HTMLVideoElement | null = null;
  /** Where to go on as soon as the file is there. */
  #goOn: { readonly fileMs: number; readonly playing: boolean } | null = null;

  /** What there is to choose from; what plays goes on. */
  offer(playables: readonly Playable[]): void {
    this.playables.value = playables;
    const now = this.source.peek();
    const same = playables.find((one) => one.file === now?.file);
    if (same !== undefined || now === null) this.source.value = same ?? playables[0] ?? null;
    else if (playables[0] !== undefined) this.#change(playables[0]);
  }

  choose(file: string): void {
    const next = this.playables.peek().find((one) => one.file === file);
    if (next !== undefined && next.file !== this.source.peek()?.file) this.#change(next);
  }

  /** The element that plays. Returns the letting go. */
  attach(element: HTMLVideoElement): () => void {
    this.#element = element;
    const gone = new AbortController();
    const on = (event: string, then: () => void) =>
      element.addEventListener(event, then, { signal: gone.signal });
    const follow = () => {
      if (this.#goOn === null) this.positionMs.value = element.currentTime * 1000;
    };
    on('timeupdate', follow);
    on('seeked', follow);
    on('durationchange', () => {
      // Until that of another file is known the bar stays as it is.
      if (Number.isNaN(element.duration)) return;
      this.durationMs.value = Number.isFinite(element.duration) ? element.duration * 1000 : 0;
    });
    on('loadedmetadata', () => this.#resume(element));
    on('play', () => (this.playing.value = true));
    on('pause', () => (this.playing.value = false));
    on('volumechange', () => (this.muted.value = element.muted));
    on('error', () => {
      this.failed.value = true;
      this.playing.value = false;
    });
    return () => {
      gone.abort();
      this.#element = null;
    };
  }

  toggle(): void {
    const element = this.#element;
    if (element === null) return;
    if (element.paused) this.#play(element);
    else element.pause();
  }

  seek(fileMs: number): void {
    const element = this.#element;
    const isThere = this.#goOn === null && element?.readyState !== HAVE_NOTHING;
    // How long another file is that is being fetched nobody knows.
    const longestMs = (isThere && this.durationMs.peek()) || Infinity;
    const toMs = Math.min(Math.max(0, fileMs), longestMs);
    this.positionMs.value = toMs;
    if (element === null) return;
    if (isThere) element.currentTime = toMs / 1000;
    else this.#goOn = { playing: this.playing.peek(), ...this.#goOn, fileMs: toMs };
  }

  by(ms: number): void {
    this.seek(this.positionMs.peek() + ms);
  }

  seekRecording(ms: number): void {
    const kept = this.#kept(this.source.peek());
    if (kept !== null) this.seek(toFileMs(kept, ms));
  }

  setSpeed(speed: number): void {
    this.speed.value = speed;
    remember(SPEED, speed === 1 ? null : String(speed));
    this.#applySpeed();
  }

  toggleMute(): void {
    if (this.#element !== null) this.#element.muted = !this.#element.muted;
  }

  #kept(source: Playable | null): Playable['kept'] {
    return source === null ? [] : source.kept;
  }

  /** The same moment, in another file. */
  #change(next: Playable): void {
    const atMs = this.recordingMs.peek();
    const fileMs = atMs === null || next.kept === null ? 0 : toFileMs(next.kept, atMs);
    this.#goOn = { fileMs, playing: this.playing.peek() };
    this.failed.value = false;
    this.source.value = next;
    this.positionMs.value = fileMs;
  }

  #resume(element: HTMLVideoElement): void {
    this.#applySpeed();
    const goOn = this.#goOn;
    this.#goOn = null;
    if (goOn === null) return;
    element.currentTime = goOn.fileMs / 1000;
    if (goOn.playing) this.#play(element);
  }

  #play(element: HTMLVideoElement): void {
    element.play().catch(() => {
      // Paused again before it began, or refused: the button shows that it stands still.
      this.playing.value = !element.paused;
    });
  }

  #applySpeed(): void {
    if (this.#element === null) return;
    this.#element.defaultPlaybackRate = this.speed.peek();
    this.#element.playbackRate = this.speed.peek();
  }
}
