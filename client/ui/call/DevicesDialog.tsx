import type { JSX } from 'preact';
import { DevicePickers } from '../media/DevicePickers.tsx';
import { Dialog } from '../parts/Dialog.tsx';
import { DeviceProblems } from '../media/DeviceProblems.tsx';
import { useCall } from './context.ts';

export const DevicesDialog = ({ onClose }: { onClose: () => void }): JSX.Element => {
  const { media } = useCall();
  return (
    <Dialog title="Devices" onClose={onClose}>
      <div class="devices-dialog">
        <DeviceProblems media={media} />
        <DevicePickers media={media} />
      </div>
    </Dialog>
  );
};
