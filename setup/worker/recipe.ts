import { treeHash } from '../hash.ts';
import { inRepo } from '../paths.ts';

/** Everything that changes the binary, apart from mediasoup's sources and the compiler. */
const recipeFiles = ['CMakeLists.txt', 'compat', 'dtls-bio-return.patch'];

/** Hash of the files that the worker is built by. */
export function recipeHash(): string {
  return treeHash(inRepo('setup', 'worker'), recipeFiles).slice(0, 12);
}
