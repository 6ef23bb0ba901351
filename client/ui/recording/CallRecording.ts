import { computed, effect, signal, untracked, type ReadonlySignal } from '@preact/signals';
import type { RecordingStatus } from '../../../server/protocol/recordings.ts';
import type { RoomClient } from '../../core/RoomClient.ts';
import type { RecordingEnd } from '../../core/roomView.ts';
import { SignalingError } from '../../core/SignalingError.ts';
import type { CallStore } from '../../core/store.ts';
import type { LocalMedia } from '../media/LocalMedia.ts';
import { dismissTopic, showToast } from '../parts/toasts.ts';
import { playNews } from './sounds.ts';
import {
  arrivalNews,
  changeNews,
  endNews,
  failureWords,
  lookOf,
  missedNews,
  originWords,
  type Look,
  type News,
} from './words.ts';

const NOBODY: readonly string[] = [];
/** What was said last about the recording is what counts. */
const TOPIC = 'recording';

const codeOf = (error: unknown) => (error instanceof SignalingError ? error.code : undefined);

const newsOf = (
  before: RecordingStatus | null,
  now: RecordingStatus | null,
  end: RecordingEnd | null,
): News | null => {
  if (now !== null) return changeNews(before, now);
  if (before !== null) return endNews(end?.reason ?? null);
  return end && missedNews(end.reason);
};

/** The recording of a call as its buttons, marks and questions see it; tells what happens to it. */
export class CallRecording {
  /** Null while nothing is recorded. Changes when a word on the screen does, not each second. */
  readonly look: ReadonlySignal<Look | null>;
  /** Since when it runs and who started it, in words. */
  readonly origin: ReadonlySignal<string>;
  /** Ids of those who are here and not recorded, for want of consent. */
  readonly unrecorded: ReadonlySignal<readonly string[]>;
  /** One is not recorded, and could be. */
  readonly leavesMeOut: ReadonlySignal<boolean>;
  /** Whether one may be recorded has to be asked. */
  readonly asks: ReadonlySignal<boolean>;
  readonly #client: RoomClient;
  readonly #store: CallStore;
  readonly #media: LocalMedia;
  readonly #busy = signal(false);
  /** Ids of recordings that one has been asked about. */
  readonly #asked = signal<readonly string[]>([]);
  readonly #startedHere = signal(false);
  readonly #stopListening: () => void;

  constructor(parts: { client: RoomClient; store: CallStore; media: LocalMedia }) {
    this.#client = parts.client;
    this.#store = parts.store;
    this.#media = parts.media;
    const { recording, consent, self } = parts.store;
    this.look = computed(() => recording.value && lookOf(recording.value));
    this.origin = computed(() => (recording.value ? originWords(recording.value) : ''));
    this.unrecorded = computed(() => recording.value?.unrecorded ?? NOBODY);
    this.leavesMeOut = computed(() => this.unrecorded.value.includes(self.value?.id ?? ''));
    this.asks = computed(
      () =>
        this.leavesMeOut.value &&
        consent.value !== false &&
        !this.#asked.value.includes(recording.value?.id ?? ''),
    );
    this.#stopListening = this.#tellNews();
  }

  get status(): ReadonlySignal<RecordingStatus | null> {
    return this.#store.recording;
  }

  /** A button was pressed and the server has not answered yet. */
  get busy(): ReadonlySignal<boolean> {
    return this.#busy;
  }

  /** It was this page's button that started it. */
  get startedHere(): ReadonlySignal<boolean> {
    return this.#startedHere;
  }

  close(): void {
    this.#stopListening();
    dismissTopic(TOPIC);
  }

  /** Starts, or stops what runs. */
  toggle(): void {
    if (this.#store.self.peek()?.canRecord !== true) {
      showToast('Only those whom the host lets may record here.', { topic: TOPIC });
    } else if (this.look.peek() === null) {
      this.#startedHere.value = true;
      void this.#ask('started', () => this.#client.startRecording());
    } else {
      void this.#ask('stopped', () => this.#client.stopRecording());
    }
  }

  togglePause(): void {
    if (this.look.peek() === 'paused') {
      void this.#ask('resumed', () => this.#client.resumeRecording());
    } else {
      void this.#ask('paused', () => this.#client.pauseRecording());
    }
  }

  /** May I be recorded? */
  answer(agreed: boolean): void {
    this.putOff();
    this.#client.consentToRecording(agreed).catch(() => {
      const words = agreed
        ? 'Your answer did not arrive, so you are not recorded. Please try again.'
        : 'Your answer did not arrive, so you may still be recorded. Please try again.';
      showToast(words, { kind: 'error', topic: TOPIC });
    });
  }

  /** Neither yes nor no, so not recorded; the mark still offers it. */
  putOff(): void {
    const id = this.#store.recording.peek()?.id;
    if (id !== undefined) this.#asked.value = [...this.#asked.peek(), id];
  }

  async #ask(what: string, request: () => Promise<void>): Promise<void> {
    if (this.#busy.peek()) return;
    this.#busy.value = true;
    try {
      await request();
    } catch (error) {
      if (what === 'started') this.#startedHere.value = false;
      showToast(failureWords(codeOf(error), what), { kind: 'error', topic: TOPIC });
    } finally {
      this.#busy.value = false;
    }
  }

  #tellNews(): () => void {
    let before: RecordingStatus | null | undefined;
    return effect(() => {
      const now = this.#store.recording.value;
      const end = this.#store.recordingEnd.value;
      const news = before === undefined ? now && arrivalNews(now) : newsOf(before, now, end);
      before = now;
      if (now === null) untracked(() => (this.#startedHere.value = false));
      if (news !== null) untracked(() => this.#tell(news));
    });
  }

  #tell({ words, sound }: News): void {
    showToast(words, { kind: sound === 'alarm' ? 'error' : 'news', topic: TOPIC });
    if (sound !== null) playNews(sound, this.#media);
  }
}
