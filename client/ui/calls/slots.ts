import { signal, type Signal } from '@preact/signals';
import type { JSX } from 'preact';
import { createCallsStore } from '../../core/callsStore.ts';

/** What is heard on the line of calls; filled by code that is fetched when there is such a line. */
export const callsStore = createCallsStore();

type Component = () => JSX.Element | null;

/** On every page: what rings, and what goes on elsewhere. */
export const callOverlay: Signal<Component | null> = signal(null);

/** In the place of the page, while there is a call. */
export const callScreen: Signal<Component | null> = signal(null);
