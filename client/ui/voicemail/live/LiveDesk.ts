import { effect, signal, type Signal } from '@preact/signals';
import type { VoicemailId } from '../../../../server/protocol/ids.ts';
import type { CallCentre } from '../../calls/CallCentre.ts';
import { pickUpRefusedWords } from '../../calls/failureWords.ts';
import type { Leg } from '../../calls/Leg.ts';
import { showToast } from '../../parts/toasts.ts';
import { me } from '../../people/session.ts';
import { Listening } from './Listening.ts';

/** What this browser does about messages that are being left. */
export class LiveDesk {
  /** The one that is heard here. */
  readonly listening: Signal<Listening | null> = signal(null);
  readonly #centre: CallCentre;

  constructor(centre: CallCentre) {
    this.#centre = centre;
  }

  async listen(messageId: VoicemailId): Promise<void> {
    this.stop();
    const listening = new Listening({
      messageId,
      client: this.#centre.client,
      name: me()?.displayName ?? '',
      onOver: () => this.#forget(listening),
    });
    this.listening.value = listening;
    try {
      await listening.begin();
    } catch (error) {
      this.#forget(listening);
      showToast(pickUpRefusedWords(error), { kind: 'error', topic: 'message' });
    }
  }

  stop(): void {
    const listening = this.listening.peek();
    if (listening !== null) this.#forget(listening);
  }

  /** Whoever listens already goes on hearing until the call is heard. */
  async pickUp(messageId: VoicemailId): Promise<void> {
    const leg = await this.#centre.pickUp(messageId);
    const listening = this.listening.peek();
    if (leg !== null && listening?.messageId === messageId) this.#handOver(listening, leg);
  }

  #handOver(listening: Listening, leg: Leg): void {
    let over = false;
    const stop = effect(() => {
      const isHeard = [...leg.room.media.value.values()].some(({ kind }) => kind === 'audio');
      over ||= isHeard || this.listening.value !== listening;
      if (!over) return;
      // Not within the effect: it changes what it looks at.
      queueMicrotask(() => {
        stop();
        this.#forget(listening);
      });
    });
  }

  #forget(listening: Listening): void {
    listening.close();
    if (this.listening.peek() === listening) this.listening.value = null;
  }
}
