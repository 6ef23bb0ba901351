import type { JSX } from 'preact';
import { Icon, type IconName } from '../parts/Icon.tsx';

/** A button at the foot of a call. */
export const Control = ({
  icon,
  label,
  shortcut,
  kind = 'plain',
  expanded,
  busy = false,
  spacious = false,
  badge,
  onClick,
}: {
  icon: IconName;
  label: string;
  shortcut?: string;
  kind?: 'plain' | 'off' | 'on' | 'danger' | 'recording';
  /** Reached in another way where there are only a few centimetres. */
  spacious?: boolean;
  expanded?: boolean;
  busy?: boolean;
  badge?: number;
  onClick: () => void;
}): JSX.Element => (
  <button
    type="button"
    class={spacious ? 'control spacious' : 'control'}
    data-kind={kind}
    title={shortcut === undefined ? undefined : `${label} (${shortcut})`}
    aria-keyshortcuts={shortcut}
    aria-expanded={expanded}
    aria-busy={busy}
    aria-label={label}
    onClick={onClick}
  >
    <span class="control-face">
      <Icon name={icon} />
      {badge !== undefined && <span class="badge" data-count={badge} />}
    </span>
    <span class="control-label">{label}</span>
  </button>
);
