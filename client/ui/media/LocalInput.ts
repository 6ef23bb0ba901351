import { computed, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import { problemOf, type DeviceProblem } from '../../core/devices.ts';

export type InputState =
  | { name: 'closed' }
  | { name: 'asking' }
  | { name: 'live'; track: MediaStreamTrack }
  | { name: 'failed'; problem: DeviceProblem };

export interface LocalInputOptions {
  readonly open: (deviceId: string) => Promise<MediaStreamTrack>;
  /** A camera's light goes out when it is off; a microphone stays open so that unmuting is instant. */
  readonly closeWhenOff: boolean;
  readonly wanted: boolean;
  readonly deviceId: string;
  /** The device went away by itself; `replaced`: another one took its place. */
  readonly onLost: (replaced: boolean) => void;
  /** Permission was given, so devices have names from now on. */
  readonly onOpened: () => void;
}

/** The microphone or the camera: whether it is wanted, and what has come of it. */
export class LocalInput {
  readonly state: Signal<InputState> = signal<InputState>({ name: 'closed' });
  readonly deviceId: Signal<string>;
  readonly track: ReadonlySignal<MediaStreamTrack | null>;
  readonly problem: ReadonlySignal<DeviceProblem | null>;
  readonly isOn: ReadonlySignal<boolean>;
  readonly isAsking: ReadonlySignal<boolean>;
  /** What the person chose, whether or not the device obeys. */
  readonly wanted: Signal<boolean>;
  readonly #options: LocalInputOptions;
  #turn = 0;

  constructor(options: LocalInputOptions) {
    this.#options = options;
    this.wanted = signal(options.wanted);
    this.deviceId = signal(options.deviceId);
    const { state, wanted } = this;
    this.track = computed(() => (state.value.name === 'live' ? state.value.track : null));
    this.problem = computed(() => (state.value.name === 'failed' ? state.value.problem : null));
    this.isOn = computed(() => wanted.value && state.value.name === 'live');
    this.isAsking = computed(() => wanted.value && state.value.name === 'asking');
  }

  /** It is wanted, and nobody has asked for it yet. */
  get isMissing(): boolean {
    const { name } = this.state.peek();
    return this.wanted.peek() && name !== 'live' && name !== 'asking';
  }

  /** Ask for the device, unless it is there already. */
  async open(): Promise<void> {
    if (this.state.peek().name === 'live') return;
    const take = this.expect();
    take(await this.#options.open(this.deviceId.peek()).catch(problemOf));
  }

  /** Somebody asks for the device; what comes of it is handed to the returned function. */
  expect(): (outcome: MediaStreamTrack | DeviceProblem) => void {
    const turn = ++this.#turn;
    this.state.value = { name: 'asking' };
    return (outcome) => {
      const late = turn !== this.#turn;
      if (typeof outcome !== 'string') {
        if (late) outcome.stop();
        else this.#take(outcome);
      } else if (!late) this.state.value = { name: 'failed', problem: outcome };
    };
  }

  /** Resolves when the device has obeyed, or has not. */
  async toggle(): Promise<void> {
    const wanted = !this.isOn.peek() && !this.isAsking.peek();
    this.wanted.value = wanted;
    if (wanted) await this.open();
    else if (this.#options.closeWhenOff) this.close();
  }

  /** Whoever goes on without the device is not put on the air when it turns up. */
  doWithout(): void {
    if (this.problem.peek() !== null) this.wanted.value = false;
  }

  async choose(deviceId: string): Promise<void> {
    this.deviceId.value = deviceId;
    const before = this.state.peek();
    if (before.name === 'closed') return;
    if (before.name === 'live') before.track.stop();
    this.state.value = { name: 'closed' };
    await this.open();
  }

  close(): void {
    this.#turn++;
    this.track.peek()?.stop();
    this.state.value = { name: 'closed' };
  }

  #take(track: MediaStreamTrack): void {
    this.state.value = { name: 'live', track };
    track.addEventListener('ended', () => void this.#lost(track), { once: true });
    this.#options.onOpened();
  }

  /** Unplugged, or taken away by the system: try whatever else there is. */
  async #lost(track: MediaStreamTrack): Promise<void> {
    if (this.track.peek() !== track) return;
    this.deviceId.value = '';
    this.state.value = { name: 'closed' };
    await this.open();
    this.doWithout();
    this.#options.onLost(this.track.peek() !== null);
  }
}
