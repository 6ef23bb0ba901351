import type { View } from '../../../server/protocol/signaling.ts';
import { sameView, viewOf, type TileSize } from './view.ts';

/** Longer saves messages while a window is dragged, shorter brings sharp pictures sooner. */
const SETTLE_MS = 100;

/** The one place that knows which videos are on the screen and how large. */
export class ViewReporter {
  readonly #send: (view: View) => void;
  readonly #tiles = new Map<Element, TileSize>();
  readonly #sizes = new ResizeObserver((entries) => this.#resized(entries));
  readonly #seen = new IntersectionObserver((entries) => this.#intersected(entries));
  readonly #onVisibility = () => this.#changed();
  #sent: View | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(send: (view: View) => void) {
    this.#send = send;
    document.addEventListener('visibilitychange', this.#onVisibility);
  }

  /** Returns what ends the watch. */
  watch(element: Element, trackId: string): () => void {
    const { width, height } = element.getBoundingClientRect();
    this.#tiles.set(element, { trackId, width, height, onScreen: true });
    this.#sizes.observe(element);
    this.#seen.observe(element);
    this.#changed();
    return () => {
      this.#tiles.delete(element);
      this.#sizes.unobserve(element);
      this.#seen.unobserve(element);
      this.#changed();
    };
  }

  close(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#sizes.disconnect();
    this.#seen.disconnect();
    this.#tiles.clear();
    document.removeEventListener('visibilitychange', this.#onVisibility);
  }

  #update(element: Element, change: Partial<TileSize>): void {
    const tile = this.#tiles.get(element);
    if (tile === undefined) return;
    this.#tiles.set(element, { ...tile, ...change });
    this.#changed();
  }

  #resized(entries: ResizeObserverEntry[]): void {
    for (const { target, contentRect } of entries) {
      this.#update(target, { width: contentRect.width, height: contentRect.height });
    }
  }

  #intersected(entries: IntersectionObserverEntry[]): void {
    for (const { target, isIntersecting } of entries) {
      this.#update(target, { onScreen: isIntersecting });
    }
  }

  /** The first view goes out with the tiles of the first drawing, later ones when they settle. */
  #changed(): void {
    if (this.#timer !== null) {
      if (this.#sent === null) return;
      clearTimeout(this.#timer);
    }
    this.#timer = setTimeout(() => this.#report(), this.#sent === null ? 0 : SETTLE_MS);
  }

  #report(): void {
    this.#timer = null;
    const view = viewOf(this.#tiles.values(), {
      hidden: document.visibilityState === 'hidden',
      pixelRatio: devicePixelRatio,
    });
    if (this.#sent !== null && sameView(this.#sent, view)) return;
    this.#sent = view;
    this.#send(view);
  }
}
