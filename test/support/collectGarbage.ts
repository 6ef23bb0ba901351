import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');

/** Now, so that memory can be judged. */
export const collectGarbage = runInNewContext('gc') as () => void;
