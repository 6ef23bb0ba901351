import type { RecordingId } from '../../../server/protocol/ids.ts';
import { ownerSecrets } from '../../core/ownerSecrets.ts';

/** Which secret was seen to open which recording, so that it need not be tried out. */
const openers = new Map<RecordingId, string>();

export const noteOpener = (id: RecordingId, bearer: string): void => {
  openers.set(id, bearer);
};

/** All secrets of this browser, the likeliest first. */
export const secretsFor = (id: RecordingId): readonly string[] => {
  const known = openers.get(id);
  const all = ownerSecrets();
  return known === undefined ? all : [known, ...all.filter((other) => other !== known)];
};
