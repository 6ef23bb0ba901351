import type { Locator } from 'playwright-core';
import type { Persona } from './personas.ts';
import { hearsNothingOf, hearsTone } from './senses.ts';
import type { Visitor } from './Visitor.ts';
import { waitFor } from './waitFor.ts';

/** A note of the ringing; none of the personas has it. */
const RINGING: Persona = { name: 'the ringing', hue: 0, toneHz: 659 };
/** What a caller hears while it rings. */
const RING_BACK: Persona = { name: 'ring-back', hue: 0, toneHz: 400 };
/** What is heard by whoever is on hold. */
const HOLD: Persona = { name: 'the hold tone', hue: 0, toneHz: 330 };

/** Opens the page of somebody, and rings. Whoever is not signed in says their name. */
export const call = async (
  visitor: Visitor,
  name: string,
  how: { guest?: boolean; video?: boolean } = {},
): Promise<void> => {
  await visitor.open(`/call/${name}`);
  if (how.guest === true) {
    await visitor.page.getByRole('textbox', { name: 'Your name', exact: true }).fill(visitor.name);
  }
  if (how.video === true) await visitor.page.getByRole('switch', { name: 'With video' }).click();
  await visitor.press('Call');
};

const incoming = (visitor: Visitor, from: string): Locator =>
  visitor.page.getByRole('dialog', { name: `${from} calls`, exact: true });

/** The dialog is there. */
export const isRung = async (visitor: Visitor, from: string): Promise<Locator> => {
  const dialog = incoming(visitor, from);
  await waitFor(`${from} rings at ${visitor.name}`, () => dialog.isVisible());
  return dialog;
};

export const hearsRinging = (visitor: Visitor): Promise<void> => hearsTone(visitor.page, RINGING);
export const hearsRingBack = (visitor: Visitor): Promise<void> =>
  hearsTone(visitor.page, RING_BACK);

export const hearsHoldTone = (visitor: Visitor): Promise<void> => hearsTone(visitor.page, HOLD);

/** No dialog, and no sound. */
export const isNotRung = async (visitor: Visitor): Promise<void> => {
  await waitFor(
    `nothing rings at ${visitor.name}`,
    () => visitor.page.getByRole('dialog', { name: /calls$/ }).count(),
    (dialogs) => dialogs === 0,
  );
  await hearsNothingOf(visitor.page, RINGING);
};

export const accept = async (visitor: Visitor, from: string): Promise<void> => {
  await (await isRung(visitor, from)).getByRole('button', { name: 'Accept', exact: true }).click();
};

export const decline = async (visitor: Visitor, from: string): Promise<void> => {
  await (await isRung(visitor, from)).getByRole('button', { name: 'Decline', exact: true }).click();
};

/** The page after a call says so. */
export const isToldOfEnd = async (visitor: Visitor, title: string): Promise<void> => {
  await visitor.page
    .getByRole('heading', { level: 1, name: title, exact: true })
    .waitFor({ timeout: 10_000 });
};

/** Back to the page that was there before. */
export const isDone = async (visitor: Visitor): Promise<void> => {
  await visitor.press('Done');
};
