import { centre } from '../../calls/centre.ts';
import { LiveDesk } from './LiveDesk.ts';

/** Of this page. */
export const desk = new LiveDesk(centre);
