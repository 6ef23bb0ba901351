import { signal } from '@preact/signals';

/** The conference that this page is in now, by the name in its address. */
export const presentRoom = signal<string | null>(null);
