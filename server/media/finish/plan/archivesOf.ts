import type { ParticipantId } from '../../../protocol/ids.ts';
import type { RecordedFile } from '../../../protocol/recordings.ts';
import { containerOfFile, type Container } from '../archive/containers.ts';

/** A finished archive, as far as the list of files tells of it. */
export interface ArchiveFile {
  readonly name: string;
  readonly id: ParticipantId;
  readonly source: 'camera' | 'screen';
  readonly container: Container;
  readonly hasPicture: boolean;
  /** A person's second archive of one source has the sound of the first again, and counts as silent. */
  readonly hasSound: boolean;
}

export const archivesOf = (files: readonly RecordedFile[]): ArchiveFile[] => {
  const heard = new Set<string>();
  return files.flatMap(({ kind, name, type, participant, source }): ArchiveFile[] => {
    if (kind !== 'track' || !participant || !source) return [];
    const voice = `${participant.id} ${source}`;
    const hasSound = /opus|mp4a/.test(type) && !heard.has(voice);
    if (hasSound) heard.add(voice);
    const hasPicture = type.startsWith('video/');
    const container = containerOfFile(name);
    return [{ name, id: participant.id, source, container, hasPicture, hasSound }];
  });
};
