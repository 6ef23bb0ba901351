import { effect, signal } from '@preact/signals';
import type { VoicemailId } from '../../../../../server/protocol/ids.ts';
import type { Voicemail } from '../../../../../server/protocol/voicemail.ts';
import { isHeard } from './heard.ts';
import { skipsSilence, speed } from './playing.ts';
import { keepPosition, positionOf } from './positions.ts';
import { leapFrom, type Silence } from './silences.ts';

/** What is left is not worth coming back for. */
const END_MS = 500;
/** Written down so often while it plays. */
const KEEP_EVERY_MS = 1_000;

export interface MessagePlayerOptions {
  /** So much was played that it counts as heard. Once. */
  readonly onHeard: () => void;
}

/** Plays a message in whatever element shows it, from where one left off. */
export class MessagePlayer {
  readonly id: VoicemailId;
  readonly durationMs: number;
  readonly positionMs = signal(0);
  readonly playing = signal(false);
  readonly failed = signal(false);
  /** Known as soon as the waveform is. */
  silences: readonly Silence[] = [];
  readonly #options: MessagePlayerOptions;
  #element: HTMLMediaElement | null = null;
  #wanted = false;
  #heard = false;
  #keptMs = 0;

  constructor({ id, durationMs }: Voicemail, options: MessagePlayerOptions) {
    this.id = id;
    this.durationMs = Math.max(1, durationMs);
    this.#options = options;
    this.positionMs.value = positionOf(id);
    this.#keptMs = this.positionMs.peek();
  }

  /** The element that plays, sound or picture. Returns the letting go. */
  attach(element: HTMLMediaElement): () => void {
    this.#element = element;
    const gone = new AbortController();
    const on = (event: string, then: () => void) =>
      element.addEventListener(event, then, { signal: gone.signal });
    on('loadedmetadata', () => this.#place(element));
    on('timeupdate', () => this.#follow(element));
    on('seeked', () => this.#follow(element));
    on('play', () => {
      this.playing.value = true;
      this.#followClosely(element, gone.signal);
    });
    on('pause', () => (this.playing.value = false));
    on('ended', () => this.#end(element));
    on('error', () => {
      this.failed.value = true;
      this.playing.value = false;
    });
    const stopPacing = effect(() => {
      element.defaultPlaybackRate = speed.value;
      element.playbackRate = speed.value;
    });
    if (this.#wanted) this.#play(element);
    return () => {
      gone.abort();
      stopPacing();
      this.#keep();
      element.pause();
      this.#element = null;
      this.playing.value = false;
    };
  }

  toggle(): void {
    if (this.playing.peek()) this.pause();
    else this.play();
  }

  /** As soon as there is something to play it. */
  play(): void {
    this.#wanted = true;
    if (this.#element !== null) this.#play(this.#element);
  }

  pause(): void {
    this.#wanted = false;
    this.#element?.pause();
    this.#keep();
  }

  seek(ms: number): void {
    const toMs = Math.min(Math.max(0, ms), this.durationMs);
    this.positionMs.value = toMs;
    const element = this.#element;
    if (element !== null && element.readyState > HTMLMediaElement.HAVE_NOTHING) {
      element.currentTime = toMs / 1000;
    }
    this.#keep();
  }

  by(ms: number): void {
    this.seek(this.positionMs.peek() + ms);
  }

  #play(element: HTMLMediaElement): void {
    if (this.positionMs.peek() >= this.durationMs - END_MS / 2) this.seek(0);
    element.play().catch(() => {
      // Paused again before it began, or refused: the button shows that it stands still.
      this.playing.value = !element.paused;
    });
  }

  #place(element: HTMLMediaElement): void {
    this.failed.value = false;
    const atMs = this.positionMs.peek();
    if (atMs > 0) element.currentTime = atMs / 1000;
  }

  /** With every picture, so that the line glides, and silence is left before it is heard. */
  #followClosely(element: HTMLMediaElement, gone: AbortSignal): void {
    const step = () => {
      if (gone.aborted || element.paused) return;
      this.#follow(element);
      requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
  }

  #follow(element: HTMLMediaElement): void {
    if (element.seeking || element.readyState === HTMLMediaElement.HAVE_NOTHING) return;
    const atMs = element.currentTime * 1000;
    const leapMs = element.paused || !skipsSilence.peek() ? null : leapFrom(this.silences, atMs);
    if (leapMs !== null) {
      element.currentTime = Math.min(leapMs, this.durationMs) / 1000;
      return;
    }
    this.positionMs.value = Math.min(atMs, this.durationMs);
    if (Math.abs(atMs - this.#keptMs) > KEEP_EVERY_MS) this.#keep();
    if (isHeard(playedMs(element), this.durationMs)) this.#hear();
  }

  #end(element: HTMLMediaElement): void {
    this.#wanted = false;
    if (playedMs(element) > this.durationMs / 2) this.#hear();
    this.positionMs.value = 0;
    element.currentTime = 0;
    this.#keep();
  }

  #hear(): void {
    if (this.#heard) return;
    this.#heard = true;
    this.#options.onHeard();
  }

  #keep(): void {
    const atMs = this.positionMs.peek();
    this.#keptMs = atMs;
    keepPosition(this.id, atMs > this.durationMs - END_MS ? 0 : atMs);
  }
}

/** Each moment once. */
const playedMs = ({ played }: HTMLMediaElement): number => {
  let seconds = 0;
  for (let i = 0; i < played.length; i++) seconds += played.end(i) - played.start(i);
  return seconds * 1000;
};
