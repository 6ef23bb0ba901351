import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import { canSwitchOutput, type DeviceKind } from '../../core/devices.ts';
import { Icon } from '../parts/Icon.tsx';
import type { LocalMedia } from './LocalMedia.ts';
import { playTestSound } from './testSound.ts';

const LABELS = { microphone: 'Microphone', camera: 'Camera', speaker: 'Speaker' } as const;

/** The browser's own entry for “whichever the system uses”. */
const isDefault = (id: string): boolean => id === '' || id === 'default';

const Picker = ({
  kind,
  chosen,
  media,
  children,
}: {
  kind: DeviceKind;
  chosen: string;
  media: LocalMedia;
  children?: JSX.Element;
}): JSX.Element => {
  const id = useId();
  const found = media.devices.value.filter((device) => device.kind === kind && device.id !== '');
  const others = found.filter((device) => !isDefault(device.id) && device.id !== 'communications');
  const usual = found.find((device) => isDefault(device.id));
  const known = others.some((device) => device.id === chosen);
  const usualLabel = usual?.label ?? '';
  return (
    <div class="field">
      <label for={id}>{LABELS[kind]}</label>
      <div class="picker-row">
        <select
          id={id}
          class="select"
          disabled={others.length === 0}
          value={known ? chosen : ''}
          onChange={(event) => media.choose(kind, event.currentTarget.value)}
        >
          <option value="">{usualLabel === '' ? 'System default' : usualLabel}</option>
          {others.map((device, i) => (
            <option key={device.id} value={device.id}>
              {device.label === '' ? `${LABELS[kind]} ${i + 1}` : device.label}
            </option>
          ))}
        </select>
        {children}
      </div>
    </div>
  );
};

export const DevicePickers = ({ media }: { media: LocalMedia }): JSX.Element => (
  <div class="pickers">
    <Picker kind="microphone" chosen={media.microphone.deviceId.value} media={media} />
    <Picker kind="camera" chosen={media.camera.deviceId.value} media={media} />
    {canSwitchOutput() && <Picker kind="speaker" chosen={media.speakerId.value} media={media} />}
    <button
      type="button"
      class="button small test-sound"
      onClick={() => void playTestSound((element) => media.routeTo(element, media.speakerId.value))}
    >
      <Icon name="speaker" />
      Play a test sound
    </button>
  </div>
);
