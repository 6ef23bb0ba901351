import type { JSX } from 'preact';

/** Drawn on a 24 by 24 grid in strokes of 2, in the manner of lucide. */
const PATHS = {
  microphone:
    'M12 2a3 3 0 0 0-3 3v7a3 3 0 0 0 6 0V5a3 3 0 0 0-3-3ZM19 10v2a7 7 0 0 1-14 0v-2M12 19v3',
  microphoneOff:
    'M12 19v3M15 9.3V5a3 3 0 0 0-5.7-1.3M17 17a7 7 0 0 1-12-5v-2M18.9 13.2A7 7 0 0 0 19 12v-2M2 2l20 20M9 9v3a3 3 0 0 0 5.1 2.1',
  camera:
    'M4 6h10a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2V8a2 2 0 0 1 2-2ZM16 13l5.2 3.5a.5.5 0 0 0 .8-.4V7.9a.5.5 0 0 0-.8-.4L16 10.5',
  cameraOff:
    'M10.7 6H14a2 2 0 0 1 2 2v2.5l5.2-3a.5.5 0 0 1 .8.4v8.2M16 16a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2V8a2 2 0 0 1 2-2h2M2 2l20 20',
  screen:
    'M13 3H4a2 2 0 0 0-2 2v10a2 2 0 0 0 2 2h16a2 2 0 0 0 2-2v-3M8 21h8M12 17v4M17 8l5-5M17 3h5v5',
  screenOff:
    'M13 3H4a2 2 0 0 0-2 2v10a2 2 0 0 0 2 2h16a2 2 0 0 0 2-2v-3M8 21h8M12 17v4M22 3l-5 5M17 3l5 5',
  people:
    'M16 21v-2a4 4 0 0 0-4-4H6a4 4 0 0 0-4 4v2M13 7a4 4 0 1 1-8 0 4 4 0 0 1 8 0M22 21v-2a4 4 0 0 0-3-3.9M16 3.1a4 4 0 0 1 0 7.8',
  person: 'M19 21v-2a4 4 0 0 0-4-4H9a4 4 0 0 0-4 4v2M16 7a4 4 0 1 1-8 0 4 4 0 0 1 8 0',
  personRemove:
    'M16 21v-2a4 4 0 0 0-4-4H6a4 4 0 0 0-4 4v2M13 7a4 4 0 1 1-8 0 4 4 0 0 1 8 0M17 8l5 5M22 8l-5 5',
  leave: 'M16 17l5-5-5-5M21 12H9M9 21H5a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2h4',
  link: 'M10 13a5 5 0 0 0 7.5.5l3-3a5 5 0 0 0-7-7l-1.8 1.7M14 11a5 5 0 0 0-7.5-.5l-3 3a5 5 0 0 0 7 7l1.7-1.7',
  lock: 'M5 11h14a2 2 0 0 1 2 2v7a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-7a2 2 0 0 1 2-2ZM7 11V7a5 5 0 0 1 10 0v4',
  speaker:
    'M11 5 6.4 8H3a1 1 0 0 0-1 1v6a1 1 0 0 0 1 1h3.4L11 19ZM16 9a5 5 0 0 1 0 6M19.4 18.4a9 9 0 0 0 0-12.8',
  close: 'M18 6 6 18M6 6l12 12',
  devices: 'M21 5h-7M10 5H3M21 12h-9M8 12H3M21 19h-5M12 19H3M14 3v4M8 10v4M16 17v4',
  help: 'M22 12a10 10 0 1 1-20 0 10 10 0 0 1 20 0M9.1 9a3 3 0 0 1 5.8 1c0 2-3 3-3 3M12 17h.01',
  previous: 'M15 18l-6-6 6-6',
  next: 'M9 18l6-6-6-6',
  warning:
    'M21.7 18l-8-14a2 2 0 0 0-3.4 0l-8 14A2 2 0 0 0 4 21h16a2 2 0 0 0 1.7-3M12 9v4M12 17h.01',
  weak: 'M12 20h.01M8.5 16.4a5 5 0 0 1 7 0M5 12.9a10 10 0 0 1 5.2-2.7M19 12.9a10 10 0 0 0-2-1.5M2 8.8a15 15 0 0 1 4.2-2.6M22 8.8a15 15 0 0 0-11.3-3.8M2 2l20 20',
  plus: 'M5 12h14M12 5v14',
  arrow: 'M5 12h14M12 5l7 7-7 7',
  flip: 'M3 12a9 9 0 0 1 15-6.7L21 8M21 3v5h-5M21 12a9 9 0 0 1-15 6.7L3 16M3 21v-5h5',
  fullScreen:
    'M8 3H5a2 2 0 0 0-2 2v3M21 8V5a2 2 0 0 0-2-2h-3M3 16v3a2 2 0 0 0 2 2h3M16 21h3a2 2 0 0 0 2-2v-3',
  check: 'M20 6 9 17l-5-5',
  record: 'M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0M14 12a2 2 0 1 1-4 0 2 2 0 0 1 4 0M12 12h.01',
  stop: 'M8 7h8a1 1 0 0 1 1 1v8a1 1 0 0 1-1 1H8a1 1 0 0 1-1-1V8a1 1 0 0 1 1-1ZM9 9h6v6H9ZM11 11h2v2h-2Z',
  pause: 'M9 5v14M15 5v14',
  play: 'M7 4.5 19 12 7 19.5Z',
  unrecorded: 'M8 4a9 9 0 0 1 12 12M18.4 18.4A9 9 0 0 1 5.6 5.6M2 2l20 20',
  back: 'M3 12a9 9 0 1 0 3-6.7L3 8M3 3v5h5',
  forward: 'M21 12a9 9 0 1 1-3-6.7L21 8M21 3v5h-5',
  muted: 'M11 5 6.4 8H3a1 1 0 0 0-1 1v6a1 1 0 0 0 1 1h3.4L11 19ZM22 9l-6 6M16 9l6 6',
  bin: 'M4 6h16M9 6V4a1 1 0 0 1 1-1h4a1 1 0 0 1 1 1v2M6 6l1 14a1 1 0 0 0 1 1h8a1 1 0 0 0 1-1l1-14M10 11v6M14 11v6',
  copy: 'M9 9h11a1 1 0 0 1 1 1v10a1 1 0 0 1-1 1H10a1 1 0 0 1-1-1ZM5 15H4a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1h10a1 1 0 0 1 1 1v1',
  pencil: 'M4 20h4L19 9l-4-4L4 16ZM13 7l4 4',
  search: 'M18 11a7 7 0 1 1-14 0 7 7 0 0 1 14 0M16 16l5 5',
  phone:
    'M22 16.9v3a2 2 0 0 1-2.2 2 20 20 0 0 1-8.6-3 19.5 19.5 0 0 1-6-6 20 20 0 0 1-3.1-8.7A2 2 0 0 1 4.1 2h3a2 2 0 0 1 2 1.7c.1 1 .4 1.9.7 2.8a2 2 0 0 1-.5 2.1L8 9.9a16 16 0 0 0 6 6l1.3-1.3a2 2 0 0 1 2.1-.4c.9.3 1.8.6 2.8.7a2 2 0 0 1 1.8 2Z',
  hangUp:
    'M3 11.2c5-4.6 13-4.6 18 0 .9.8.9 2.2.2 3.1L20 15.7a1.6 1.6 0 0 1-2 .3l-2.3-1.4a1.6 1.6 0 0 1-.7-1.6l.3-1.8a12 12 0 0 0-6.6 0L9 13a1.6 1.6 0 0 1-.7 1.6L6 16a1.6 1.6 0 0 1-2-.3l-1.2-1.4c-.7-.9-.7-2.3.2-3.1Z',
  transfer: 'M4 8h15M15 4l4 4-4 4M20 16H5M9 12l-4 4 4 4',
  personAdd:
    'M16 21v-2a4 4 0 0 0-4-4H6a4 4 0 0 0-4 4v2M13 7a4 4 0 1 1-8 0 4 4 0 0 1 8 0M19 8v6M22 11h-6',
  more: 'M5 12h.01M12 12h.01M19 12h.01',
  incoming: 'M17 7 7 17M17 17H7V7',
  outgoing: 'M7 17 17 7M7 7h10v10',
  up: 'M18 15l-6-6-6 6',
  down: 'M6 9l6 6 6-6',
  download: 'M12 3v12M7 10l5 5 5-5M4 20h16',
} as const;

export type IconName = keyof typeof PATHS;

/** Always beside or inside something with a name of its own, so hidden from screen readers. */
export const Icon = ({ name }: { name: IconName }): JSX.Element => (
  <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
    <path d={PATHS[name]} />
  </svg>
);
