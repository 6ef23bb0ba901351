import type { Mailbox } from '../../../server/protocol/mailboxes.ts';
import { sizeWords } from '../recording/afterWords.ts';

/** From here on its owner is warned. */
const NEARLY = 0.8;

export type Fullness = 'roomy' | 'nearly' | 'full';

type Space = Pick<Mailbox, 'usedBytes' | 'quotaBytes'>;

export const fullnessOf = ({ usedBytes, quotaBytes }: Space): Fullness => {
  if (usedBytes >= quotaBytes) return 'full';
  return usedBytes >= quotaBytes * NEARLY ? 'nearly' : 'roomy';
};

/** How much more a mailbox holds. */
export const spaceWords = (space: Space): string => {
  const { usedBytes, quotaBytes } = space;
  const fullness = fullnessOf(space);
  if (fullness === 'full') {
    return 'The mailbox is full: nobody can leave a message until you delete some for good.';
  }
  const left = `${sizeWords(quotaBytes - usedBytes)} of ${sizeWords(quotaBytes)} are left.`;
  return fullness === 'nearly' ? `The mailbox is nearly full: ${left}` : left;
};
