import type { Locator } from 'playwright-core';
import type { Persona } from './personas.ts';
import type { Visitor } from './Visitor.ts';
import { waitFor } from './waitFor.ts';

/** What says that it is recorded from now on. */
const BEEP: Persona = { name: 'the beep', hue: 0, toneHz: 1000 };

/** The page says where the message stands. */
export const isToldOfMessage = async (visitor: Visitor, words: string | RegExp): Promise<void> => {
  const status = visitor.page.getByRole('main').getByRole('status').filter({ hasText: words });
  await status.first().waitFor({ timeout: 30_000 });
};

/** Hears the greeting and the beep. */
export const hearsBeep = async (visitor: Visitor): Promise<void> => {
  await isToldOfMessage(visitor, 'Listen to the greeting');
  await visitor.hears(BEEP, { timeoutMs: 30_000 });
};

/** Has spoken for so long since then. */
export const speaksAfterBeep = async (visitor: Visitor, seconds: number): Promise<void> => {
  await hearsBeep(visitor);
  await hasSpoken(visitor, seconds);
};

export const hasSpoken = async (visitor: Visitor, seconds: number): Promise<void> => {
  await isToldOfMessage(visitor, 'Speak now');
  await waitFor(
    `${visitor.name} has spoken`,
    () => visitor.page.getByRole('timer').locator('strong').allInnerTexts(),
    ([text]) => Number(text?.split(':')[1] ?? 0) >= seconds,
    { timeoutMs: 30_000 },
  );
};

export const isPlayed = (audio: Locator): Promise<number> =>
  waitFor(
    'it is played',
    () => audio.evaluateAll(([one]) => (one as HTMLAudioElement | undefined)?.currentTime ?? 0),
    (seconds) => seconds > 0.5,
  );
