import { signal, type Signal } from '@preact/signals';

/** All sound elements of a call, and whether the browser lets them play. */
export class AudioGate {
  /** The browser wants a tap before it plays sound. */
  readonly blocked: Signal<boolean> = signal(false);
  readonly #elements = new Set<HTMLAudioElement>();

  add(element: HTMLAudioElement): () => void {
    this.#elements.add(element);
    void this.#play(element);
    return () => this.#elements.delete(element);
  }

  /** From within a click. */
  unblock(): void {
    this.blocked.value = false;
    for (const element of this.#elements) void this.#play(element);
  }

  async #play(element: HTMLAudioElement): Promise<void> {
    try {
      await element.play();
    } catch (error) {
      if (error instanceof DOMException && error.name === 'NotAllowedError') {
        this.blocked.value = true;
      }
    }
  }
}
