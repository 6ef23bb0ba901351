import { effect, signal, untracked, type ReadonlySignal, type Signal } from '@preact/signals';
import type { Source } from '../../../server/protocol/media.ts';
import { roomPath } from '../route.ts';
import { openScreen, problemOf } from '../../core/devices.ts';
import type { RoomClient } from '../../core/RoomClient.ts';
import type { CallStore } from '../../core/store.ts';
import type { LocalInput } from '../media/LocalInput.ts';
import type { LocalMedia } from '../media/LocalMedia.ts';
import { browserFamily, problemWords } from '../media/problemWords.ts';
import { copyText } from '../parts/copyText.ts';
import { showToast } from '../parts/toasts.ts';
import { CallRecording } from '../recording/CallRecording.ts';
import { AudioGate } from './AudioGate.ts';
import { ViewReporter } from './ViewReporter.ts';

type Change = Parameters<RoomClient['updateRoom']>[0];
type ParticipantId = Parameters<RoomClient['removeParticipant']>[0];

const quietly = (work: Promise<unknown>, words: string): void => {
  work.catch(() => showToast(words, { kind: 'error' }));
};

/** What makes a room the call of a few people. */
export interface PersonalCall {
  /** Whom one talks to. */
  readonly title: ReadonlySignal<string>;
  /** On hold: nothing is sent, and nothing is played. */
  readonly held: ReadonlySignal<boolean>;
}

interface CallParts {
  readonly client: RoomClient;
  readonly store: CallStore;
  readonly media: LocalMedia;
  readonly personal?: PersonalCall;
}

/** What the buttons of a call do: devices, room and server brought together. */
export class CallSession {
  readonly store: CallStore;
  readonly media: LocalMedia;
  readonly audio = new AudioGate();
  readonly view: ViewReporter;
  readonly recording: CallRecording;
  /** Null: a room that is open to whoever has its link. */
  readonly personal: PersonalCall | null;
  readonly #client: RoomClient;
  readonly #sharing: Signal<boolean> = signal(false);
  readonly #endings: (() => void)[] = [];

  constructor({ client, store, media, personal }: CallParts) {
    this.#client = client;
    this.store = store;
    this.media = media;
    this.personal = personal ?? null;
    this.view = new ViewReporter((tiles) => client.setView(tiles));
    this.recording = new CallRecording({ client, store, media });
    this.#send('microphone', media.microphone);
    this.#send('camera', media.camera);
    this.#listen(globalThis, 'online', () => client.networkChanged());
    const { connection } = navigator as { connection?: EventTarget };
    if (connection) this.#listen(connection, 'change', () => client.networkChanged());
    // Whoever loads the page anew wants to go on with a call; a room can be joined again.
    if (personal) this.#endings.push(personal.held.subscribe((held) => held && this.#stopScreen()));
    else this.#listen(globalThis, 'pagehide', () => void client.leave());
  }

  get held(): boolean {
    return this.personal?.held.value === true;
  }

  get sharing(): ReadonlySignal<boolean> {
    return this.#sharing;
  }

  close(): void {
    this.#stopScreen();
    this.view.close();
    this.recording.close();
    for (const end of this.#endings) end();
  }

  toggleMicrophone(): void {
    void this.#toggle('microphone');
  }

  toggleCamera(): void {
    void this.#toggle('camera');
  }

  toggleScreen(): void {
    if (this.#sharing.value) this.#stopScreen();
    else if (this.held) showToast('You are on hold. Resume the call first.');
    else void this.#startScreen();
  }

  leave(): void {
    void this.#client.leave();
  }

  updateRoom(change: Change): void {
    quietly(this.#client.updateRoom(change), 'The room could not be changed. Please try again.');
  }

  remove(id: ParticipantId): void {
    quietly(this.#client.removeParticipant(id), 'They could not be removed. Please try again.');
  }

  copyLink(): void {
    const room = this.store.room.value;
    if (room === null) return;
    const link = new URL(roomPath(room.name), location.href).href;
    const then = room.locked ? 'Unlock the room to let people in.' : 'Whoever has it can come in.';
    void copyText(link, `Link copied. ${then}`);
  }

  async #toggle(kind: 'microphone' | 'camera'): Promise<void> {
    await this.media.toggle(kind);
    const problem = this.media[kind].problem.peek();
    if (problem === null || !this.media[kind].wanted.peek()) return;
    const { title, cure } = problemWords(kind, problem, browserFamily(navigator.userAgent));
    this.media.settle();
    showToast(`${title}. ${cure}`, { kind: 'error' });
  }

  /** What the device gives is what is sent, whenever it changes. */
  #send(source: 'microphone' | 'camera', input: LocalInput): void {
    this.#endings.push(
      effect(() => {
        const track = input.track.value;
        const paused = this.held || !input.isOn.value;
        untracked(() => this.#sendTrack(source, track, paused));
      }),
    );
  }

  #sendTrack(source: Source, track: MediaStreamTrack | null, paused: boolean): void {
    if (this.store.self.value?.canPublish === false) return;
    if (track !== null) {
      quietly(this.#client.publish(source, track, { paused }), `Your ${source} could not be sent.`);
    } else if (this.store.local.value.has(source)) {
      quietly(this.#client.setPaused(source, true), `Your ${source} may still be on.`);
    }
  }

  async #startScreen(): Promise<void> {
    try {
      const { video, audio } = await openScreen();
      this.#sharing.value = true;
      video.addEventListener('ended', () => this.#stopScreen());
      await this.#client.publish('screen', video);
      if (audio) await this.#client.publish('screenAudio', audio);
    } catch (error) {
      this.#stopScreen();
      // Whoever closes the browser's own dialog has thought better of it.
      if (problemOf(error) !== 'denied') {
        showToast('The screen could not be shared.', { kind: 'error' });
      }
    }
  }

  #stopScreen(): void {
    this.#sharing.value = false;
    const local = this.store.local.peek();
    for (const source of ['screen', 'screenAudio'] as const) {
      local.get(source)?.track.stop();
      if (local.has(source)) void this.#client.unpublish(source).catch(() => {});
    }
  }

  #listen(target: EventTarget, type: string, run: () => void): void {
    target.addEventListener(type, run);
    this.#endings.push(() => target.removeEventListener(type, run));
  }
}
