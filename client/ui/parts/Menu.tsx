import type { ComponentChildren, JSX } from 'preact';
import { useId, useRef, useState } from 'preact/hooks';
import { Icon, type IconName } from './Icon.tsx';
import './menu.css';
import { useDisclosure } from './useDisclosure.ts';

/** A button, and under it what else there is to press; whatever is pressed there closes it. */
export const Menu = ({
  label,
  icon,
  children,
}: {
  label: string;
  icon: IconName;
  children: () => ComponentChildren;
}): JSX.Element => {
  const [open, setOpen] = useState(false);
  const around = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();
  const close = () => setOpen(false);
  useDisclosure({ open, around, button, onClose: close });
  return (
    <div class="menu" ref={around}>
      <button
        ref={button}
        type="button"
        class="button quiet icon-only"
        aria-label={label}
        title={label}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        <Icon name={icon} />
      </button>
      <div
        id={id}
        class="menu-list"
        hidden={!open}
        // Before what is pressed does its work: a dialog gives the focus back to where it was then.
        onClickCapture={() => button.current?.focus()}
        onClick={close}
      >
        {open && children()}
      </div>
    </div>
  );
};

export const MenuItem = ({
  icon,
  onClick,
  children,
}: {
  icon: IconName;
  onClick: () => void;
  children: ComponentChildren;
}): JSX.Element => (
  <button type="button" class="menu-item" onClick={onClick}>
    <Icon name={icon} />
    {children}
  </button>
);

export const MenuLink = ({
  icon,
  href,
  children,
}: {
  icon: IconName;
  /** A file, to be kept. */
  href: string;
  children: ComponentChildren;
}): JSX.Element => (
  <a class="menu-item" href={href} download="">
    <Icon name={icon} />
    {children}
  </a>
);
