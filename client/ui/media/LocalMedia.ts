import { signal, type Signal } from '@preact/signals';
import {
  listDevices,
  onDevicesChanged,
  openCamera,
  openMicrophone,
  openMicrophoneAndCamera,
  rememberDevice,
  rememberedDevice,
  switchOutput,
  type DeviceInfo,
  type DeviceKind,
} from '../../core/devices.ts';
import { recall, remember } from '../parts/memory.ts';
import { showToast } from '../parts/toasts.ts';
import { LocalInput } from './LocalInput.ts';

type InputKind = 'microphone' | 'camera';

const OFF = { microphone: 'microphoneOff', camera: 'cameraOff' } as const;
const OPENERS = { microphone: openMicrophone, camera: openCamera } as const;

const isGranted = async (name: InputKind): Promise<boolean> => {
  try {
    return (await navigator.permissions.query({ name })).state === 'granted';
  } catch {
    return false;
  }
};

/** The devices of this browser, from the pre-join page to the end of the call. */
export class LocalMedia {
  readonly microphone: LocalInput;
  readonly camera: LocalInput;
  readonly devices: Signal<readonly DeviceInfo[]> = signal<readonly DeviceInfo[]>([]);
  readonly speakerId: Signal<string> = signal(rememberedDevice('speaker'));
  readonly #remembersCamera: boolean;
  #stopWatching: (() => void) | null = null;

  /** `camera`: on unless it was switched off the last time, or off until it is asked for. */
  constructor({ camera = 'remembered' }: { camera?: 'remembered' | 'off' } = {}) {
    this.#remembersCamera = camera === 'remembered';
    this.microphone = this.#input('microphone');
    this.camera = this.#input('camera');
  }

  /** Asks for what is wanted and not there, with one question where the browser can. */
  start(): void {
    this.#stopWatching ??= onDevicesChanged(() => void this.#devicesChanged());
    void this.#list();
    const { microphone, camera } = this;
    if (microphone.isMissing && camera.isMissing) void this.#openBoth();
    else if (microphone.isMissing) void microphone.open();
    else if (camera.isMissing) void camera.open();
  }

  close(): void {
    this.#stopWatching?.();
    this.#stopWatching = null;
    this.microphone.close();
    this.camera.close();
  }

  choose(kind: DeviceKind, deviceId: string): void {
    rememberDevice(kind, deviceId);
    if (kind === 'speaker') this.speakerId.value = deviceId;
    else void this[kind].choose(deviceId);
  }

  /** A click on the microphone or camera button; the choice is remembered. */
  async toggle(kind: InputKind): Promise<void> {
    const done = this[kind].toggle();
    if (kind === 'microphone' || this.#remembersCamera) {
      remember(OFF[kind], this[kind].wanted.peek() ? null : 'yes');
    }
    await done;
  }

  /** The call begins with what there is, and what may yet be allowed. */
  settle(): void {
    this.microphone.doWithout();
    this.camera.doWithout();
  }

  /** Plays the element's sound on the chosen speaker. */
  async routeTo(element: HTMLMediaElement, speakerId: string): Promise<void> {
    try {
      await switchOutput(element, speakerId);
    } catch {
      showToast('This speaker cannot be used. The sound stays where it was.', { kind: 'error' });
    }
  }

  #input(kind: InputKind): LocalInput {
    return new LocalInput({
      open: OPENERS[kind],
      closeWhenOff: kind === 'camera',
      wanted: (kind === 'microphone' || this.#remembersCamera) && recall(OFF[kind]) === null,
      deviceId: rememberedDevice(kind),
      onLost: (replaced) =>
        showToast(
          replaced
            ? `Your ${kind} went away; another one is used now.`
            : `Your ${kind} went away, and no other was found.`,
        ),
      onOpened: () => void this.#list(),
    });
  }

  async #openBoth(): Promise<void> {
    const { microphone, camera } = this;
    const takeMicrophone = microphone.expect();
    const takeCamera = camera.expect();
    const opened = await openMicrophoneAndCamera(
      microphone.deviceId.peek(),
      camera.deviceId.peek(),
    );
    takeMicrophone(opened.microphone);
    takeCamera(opened.camera);
    if (opened.microphone !== 'denied' || opened.camera !== 'denied') return;
    // A standing block on one of them refuses both: the other may be had by itself.
    for (const kind of ['microphone', 'camera'] as const) {
      if (await isGranted(kind)) void this[kind].open();
    }
  }

  async #list(): Promise<void> {
    this.devices.value = await listDevices();
  }

  async #devicesChanged(): Promise<void> {
    await this.#list();
    for (const input of [this.microphone, this.camera]) {
      if (input.problem.peek() === 'notFound' && input.wanted.peek()) void input.open();
    }
  }
}
