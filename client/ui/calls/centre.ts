import { CallCentre } from './CallCentre.ts';
import { callsStore } from './slots.ts';

/** The calls of this page. */
export const centre = new CallCentre(callsStore);
