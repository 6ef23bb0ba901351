import type { Voicemail } from '../../../../../server/protocol/voicemail.ts';
import { videosOf } from '../MessageVideo.tsx';

type Files = Pick<Voicemail, 'files'>;

/** What every browser plays; of a message without any sound, its picture. */
export const soundOf = ({ files }: Files): string | null =>
  (
    files.find(({ kind, name }) => kind === 'audio' && name.endsWith('.m4a')) ??
    videosOf({ files })[0]
  )?.url ?? null;

/** What can be kept of it, and what that is called. */
export const downloadsOf = ({ files }: Files): readonly { words: string; url: string }[] =>
  files.flatMap(({ kind, name, url }) => {
    if (kind === 'track') return [{ words: 'As it was recorded', url }];
    if (kind !== 'audio') return [];
    const ending = name.split('.').at(-1) ?? '';
    return [{ words: `As ${ending.toUpperCase()}`, url }];
  });

export const save = (url: string): void => {
  const link = document.createElement('a');
  link.href = url;
  link.download = '';
  link.click();
};
