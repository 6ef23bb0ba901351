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
  narrow = false,
  badge,
  opens,
  onClick,
}: {
  icon: IconName;
  label: string;
  shortcut?: string;
  kind?: 'plain' | 'off' | 'on' | 'danger' | 'recording';
  /** Reached in another way where there are only a few centimetres. */
  spacious?: boolean;
  /** Only where there are a few centimetres. */
  narrow?: boolean;
  expanded?: boolean;
  busy?: boolean;
  badge?: number;
  /** Id of the popover that it shows. */
  opens?: string;
  onClick?: () => void;
}): JSX.Element => (
  <button
    type="button"
    class={`control${spacious ? ' spacious' : ''}${narrow ? ' narrow' : ''}`}
    data-kind={kind}
    title={shortcut === undefined ? undefined : `${label} (${shortcut})`}
    aria-keyshortcuts={shortcut}
    aria-expanded={expanded}
    aria-busy={busy}
    aria-label={label}
    popovertarget={opens}
    onClick={onClick}
  >
    <span class="control-face">
      <Icon name={icon} />
      {badge !== undefined && <span class="badge" data-count={badge} />}
    </span>
    <span class="control-label">{label}</span>
  </button>
);
