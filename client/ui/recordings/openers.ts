import type { RecordingId } from '../../../server/protocol/ids.ts';
import { ownerSecrets } from '../../core/ownerSecrets.ts';
import { isProbablySignedIn } from '../people/session.ts';

/** Which secret was seen to open which recording, so that it need not be tried out. */
const openers = new Map<RecordingId, string>();

export const noteOpener = (id: RecordingId, bearer: string): void => {
  openers.set(id, bearer);
};

/** No secret at all: the cookie of who is signed in speaks. */
const SIGNED_IN = '';

/** All that opens recordings in this browser. */
export const allOpeners = (): readonly string[] =>
  isProbablySignedIn() ? [SIGNED_IN, ...ownerSecrets()] : ownerSecrets();

/** The same, the likeliest first. */
export const secretsFor = (id: RecordingId): readonly string[] => {
  const known = openers.get(id);
  const all = allOpeners();
  return known === undefined ? all : [known, ...all.filter((other) => other !== known)];
};
