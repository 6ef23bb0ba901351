/** Cameras, microphones, screens and speakers: the only file of core that needs a browser. */

export type DeviceProblem =
  'denied' | 'notFound' | 'inUse' | 'insecure' | 'unsupported' | 'unknown';

export type DeviceKind = 'microphone' | 'camera' | 'speaker';

export interface DeviceInfo {
  readonly id: string;
  readonly kind: DeviceKind;
  /** Empty until the person has allowed a device of this page. */
  readonly label: string;
}

/** What the browser's errors do not say. */
class DeviceError extends Error {
  readonly problem: DeviceProblem;

  constructor(problem: DeviceProblem) {
    super(problem);
    this.name = 'DeviceError';
    this.problem = problem;
  }
}

/** Names of DOMExceptions, old spellings included. */
const PROBLEMS: Readonly<Record<string, DeviceProblem>> = {
  NotAllowedError: 'denied',
  PermissionDeniedError: 'denied',
  NotFoundError: 'notFound',
  DevicesNotFoundError: 'notFound',
  OverconstrainedError: 'notFound',
  NotReadableError: 'inUse',
  TrackStartError: 'inUse',
  AbortError: 'inUse',
  SecurityError: 'insecure',
  NotSupportedError: 'unsupported',
};

/** Why a device did not open. */
export const problemOf = (error: unknown): DeviceProblem => {
  if (error instanceof DeviceError) return error.problem;
  return error instanceof Error ? (PROBLEMS[error.name] ?? 'unknown') : 'unknown';
};

const mediaDevices = (): MediaDevices => {
  // Absent on pages that are neither https nor localhost, whatever the types say.
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  if (devices) return devices;
  throw new DeviceError(globalThis.isSecureContext ? 'unsupported' : 'insecure');
};

const chosen = (deviceId: string): MediaTrackConstraints =>
  deviceId === '' ? {} : { deviceId: { exact: deviceId } };

const microphoneConstraints = (deviceId: string): MediaTrackConstraints => ({
  ...chosen(deviceId),
  echoCancellation: true,
  noiseSuppression: true,
  autoGainControl: true,
});

const cameraConstraints = (deviceId: string): MediaTrackConstraints => ({
  ...chosen(deviceId),
  width: { ideal: 1280 },
  height: { ideal: 720 },
  frameRate: { ideal: 30 },
});

const only = (tracks: MediaStreamTrack[]): MediaStreamTrack => {
  const [track] = tracks;
  if (!track) throw new DeviceError('notFound');
  return track;
};

/** A remembered device may be gone: then any other will do. */
const orAnyOther = async <T>(deviceId: string, open: (id: string) => Promise<T>): Promise<T> => {
  try {
    return await open(deviceId);
  } catch (error) {
    if (deviceId === '' || problemOf(error) !== 'notFound') throw error;
    return open('');
  }
};

/** The device of this id, or the default one (`''`). Rejects; `problemOf` says why. */
export const openMicrophone = (deviceId = ''): Promise<MediaStreamTrack> =>
  orAnyOther(deviceId, async (id) => {
    const stream = await mediaDevices().getUserMedia({ audio: microphoneConstraints(id) });
    return only(stream.getAudioTracks());
  });

/** The device of this id, or the default one (`''`). Rejects; `problemOf` says why. */
export const openCamera = (deviceId = ''): Promise<MediaStreamTrack> =>
  orAnyOther(deviceId, async (id) => {
    const stream = await mediaDevices().getUserMedia({ video: cameraConstraints(id) });
    return only(stream.getVideoTracks());
  });

export interface OpenedDevices {
  readonly microphone: MediaStreamTrack | DeviceProblem;
  readonly camera: MediaStreamTrack | DeviceProblem;
}

/** Both with one question to the person; where that fails, each by itself. Never rejects. */
export const openMicrophoneAndCamera = async (
  microphoneId = '',
  cameraId = '',
): Promise<OpenedDevices> => {
  try {
    const stream = await mediaDevices().getUserMedia({
      audio: microphoneConstraints(microphoneId),
      video: cameraConstraints(cameraId),
    });
    return { microphone: only(stream.getAudioTracks()), camera: only(stream.getVideoTracks()) };
  } catch (error) {
    const problem = problemOf(error);
    // Whoever has just said no is not asked twice more.
    if (problem === 'denied' || problem === 'insecure' || problem === 'unsupported') {
      return { microphone: problem, camera: problem };
    }
    const microphone = await openMicrophone(microphoneId).catch(problemOf);
    const camera = await openCamera(cameraId).catch(problemOf);
    return { microphone, camera };
  }
};

export interface OpenedScreen {
  readonly video: MediaStreamTrack;
  /** The sound of the tab or system, where the person and the browser allow it. */
  readonly audio: MediaStreamTrack | null;
}

/** Rejects with `denied` also when the person closes the dialog; `problemOf` says so. */
export const openScreen = async (): Promise<OpenedScreen> => {
  const devices = mediaDevices();
  if (!('getDisplayMedia' in devices)) throw new DeviceError('unsupported');
  const options: DisplayMediaStreamOptions & Record<string, unknown> = {
    video: { frameRate: { ideal: 15, max: 30 } },
    // Filters made for voices spoil music.
    audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false },
    selfBrowserSurface: 'exclude',
    surfaceSwitching: 'include',
    systemAudio: 'include',
  };
  const stream = await devices.getDisplayMedia(options);
  return { video: only(stream.getVideoTracks()), audio: stream.getAudioTracks()[0] ?? null };
};

const KINDS: Readonly<Record<MediaDeviceKind, DeviceKind>> = {
  audioinput: 'microphone',
  videoinput: 'camera',
  audiooutput: 'speaker',
};

/** What there is to choose from; empty where nothing can be asked. */
export const listDevices = async (): Promise<DeviceInfo[]> => {
  try {
    const found = await mediaDevices().enumerateDevices();
    // Before permission is given browsers list devices without ids: nothing to choose.
    return found
      .filter(({ deviceId }) => deviceId !== '')
      .map(({ deviceId, kind, label }) => ({ id: deviceId, kind: KINDS[kind], label }));
  } catch {
    return [];
  }
};

/** Plugged in or out. The returned function ends it. */
export const onDevicesChanged = (listener: () => void): (() => void) => {
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  devices?.addEventListener('devicechange', listener);
  return () => devices?.removeEventListener('devicechange', listener);
};

/** Whether this browser lets a page choose the speaker. */
export const canSwitchOutput = (): boolean =>
  typeof HTMLMediaElement !== 'undefined' && 'setSinkId' in HTMLMediaElement.prototype;

/** Plays the element's sound there; a speaker that is gone leaves it where it was. */
export const switchOutput = async (element: HTMLMediaElement, deviceId: string): Promise<void> => {
  if (!canSwitchOutput()) return;
  try {
    await element.setSinkId(deviceId);
  } catch (error) {
    if (problemOf(error) !== 'notFound') throw error;
  }
};

const storageKey = (kind: DeviceKind): string => `roomtone.device.${kind}`;

/** The id of the device that was chosen last; `''` for none. */
export const rememberedDevice = (kind: DeviceKind): string => {
  try {
    return localStorage.getItem(storageKey(kind)) ?? '';
  } catch {
    return '';
  }
};

export const rememberDevice = (kind: DeviceKind, deviceId: string): void => {
  try {
    localStorage.setItem(storageKey(kind), deviceId);
  } catch {
    // A browser that keeps nothing asks again next time.
  }
};
