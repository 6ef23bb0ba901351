import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');

const collect = runInNewContext('gc') as () => void;

/**
 * Now, so that memory can be judged. Twice, for the buffers that the first one lets go are swept in
 * the background, and only the next one waits for that.
 */
export const collectGarbage = (): void => {
  collect();
  collect();
};
