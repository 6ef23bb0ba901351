/** Which key does what to the player. Single letters can be switched off (WCAG 2.1.4). */
export const PLAYER_SHORTCUTS = [
  { shown: 'Space, K', does: 'Play or pause' },
  { shown: 'J', does: 'Back 10 seconds' },
  { shown: 'L', does: 'Forward 10 seconds' },
  { shown: '← →', does: 'Back or forward 5 seconds' },
  { shown: '< >', does: 'Slower or faster' },
  { shown: '0 to 9', does: 'To that tenth of it' },
  { shown: 'M', does: 'Mute or unmute' },
  { shown: 'F', does: 'Full screen' },
  { shown: '?', does: 'Show this list' },
] as const;

export type PlayerCommand =
  | { readonly name: 'toggle' | 'mute' | 'fullScreen' | 'help' }
  | { readonly name: 'by'; readonly ms: number }
  | { readonly name: 'speed'; readonly step: 1 | -1 }
  | { readonly name: 'share'; readonly of: number };

interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

/** What has the keyboard: something with keys of its own, something that Space sets off, or neither. */
export type Focus = 'typing' | 'pressing' | 'free';

const LETTERS: ReadonlyMap<string, PlayerCommand> = new Map([
  ['k', { name: 'toggle' }],
  ['j', { name: 'by', ms: -10_000 }],
  ['l', { name: 'by', ms: 10_000 }],
  ['<', { name: 'speed', step: -1 }],
  ['>', { name: 'speed', step: 1 }],
  ['m', { name: 'mute' }],
  ['f', { name: 'fullScreen' }],
  ['?', { name: 'help' }],
]);

const OTHERS: ReadonlyMap<string, PlayerCommand> = new Map([
  [' ', { name: 'toggle' }],
  ['ArrowLeft', { name: 'by', ms: -5_000 }],
  ['ArrowRight', { name: 'by', ms: 5_000 }],
]);

export const playerCommand = (
  { key, ctrlKey, metaKey, altKey }: KeyPress,
  { focus, letters }: { focus: Focus; letters: boolean },
): PlayerCommand | null => {
  if (ctrlKey || metaKey || altKey || focus === 'typing') return null;
  if (key === ' ' && focus === 'pressing') return null;
  const other = OTHERS.get(key);
  if (other) return other;
  if (!letters) return null;
  if (/^[0-9]$/.test(key)) return { name: 'share', of: Number(key) / 10 };
  return LETTERS.get(key.toLowerCase()) ?? null;
};

/** What the keyboard is on. The position bar is no field: its arrows are the player's. */
export const focusOf = (target: EventTarget | null): Focus => {
  if (!(target instanceof HTMLElement)) return 'free';
  if (target.matches('.rp-seek')) return 'free';
  if (
    target.isContentEditable ||
    target.matches('input:not([type=checkbox]), textarea, select, pre')
  ) {
    return 'typing';
  }
  return target.matches('button, a, summary, input') ? 'pressing' : 'free';
};

export const SPEEDS = [0.5, 0.75, 1, 1.25, 1.5, 1.75, 2] as const;

/** The next speed, up or down; the last one stays. */
export const nextSpeed = (speed: number, step: 1 | -1): number => {
  const near = SPEEDS.findIndex((one) => one >= speed);
  return SPEEDS[Math.min(SPEEDS.length - 1, Math.max(0, near + step))] ?? 1;
};
