import type { JSX } from 'preact';
import { Icon } from './Icon.tsx';

export const CloseButton = ({ onClose }: { onClose: () => void }): JSX.Element => (
  <button type="button" class="button quiet icon-only" aria-label="Close" onClick={() => onClose()}>
    <Icon name="close" />
  </button>
);
