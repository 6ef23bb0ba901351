import type { CallState } from '../../../server/protocol/calls.ts';
import type { LocalMedia } from '../media/LocalMedia.ts';
import { callerWords } from './callWords.ts';
import { flashTitle } from './flashTitle.ts';
import { playTone } from './tones.ts';

/** What is on the screen needs nobody who looks at it: who looks elsewhere is told by the system. */
const notifyOf = (call: CallState): (() => void) => {
  if (document.visibilityState === 'visible' || !('Notification' in globalThis)) return () => {};
  if (Notification.permission !== 'granted') return () => {};
  try {
    const notification = new Notification(callerWords(call), {
      tag: call.id,
      requireInteraction: true,
    });
    notification.addEventListener('click', () => {
      window.focus();
      notification.close();
    });
    return () => notification.close();
  } catch {
    // Some phones show them from service workers only.
    return () => {};
  }
};

/** Makes itself noticed while a call rings here. */
export class Ringer {
  readonly #media: LocalMedia;
  #callId: string | null = null;
  #endSound: (() => void) | null = null;
  #endSigns: readonly (() => void)[] = [];

  constructor(media: LocalMedia) {
    this.#media = media;
  }

  /** Rings for this call, or for none. */
  ringFor(call: CallState | null): void {
    if (this.#callId === (call?.id ?? null)) return;
    this.silence();
    for (const end of this.#endSigns) end();
    this.#callId = call?.id ?? null;
    this.#endSigns = call ? [flashTitle(callerWords(call)), notifyOf(call)] : [];
    if (call) this.#endSound = playTone('ring', this.#media);
  }

  silence(): void {
    this.#endSound?.();
    this.#endSound = null;
  }
}
