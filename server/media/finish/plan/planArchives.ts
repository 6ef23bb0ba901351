import type { ParticipantId } from '../../../protocol/ids.ts';
import type { Source } from '../../../protocol/media.ts';
import type { TrackFolder } from '../../journal/readJournal.ts';
import { containerOf, type Container } from '../archive/containers.ts';
import { isPictureCodec } from '../pictures/pictureCodecs.ts';
import { streamOf } from '../rtp/streamOf.ts';
import { slugOf } from './fileName.ts';

export interface ArchivePlan {
  readonly name: string;
  readonly participant: { readonly id: ParticipantId; readonly name: string };
  readonly source: 'camera' | 'screen';
  readonly container: Container;
  /** Of the pictures; undefined: there are none. */
  readonly codec: string | undefined;
  /** All of that codec, the oldest first. */
  readonly pictures: readonly TrackFolder[];
  readonly sounds: readonly TrackFolder[];
  /** The person's first of this source: a second one has the same sound. */
  readonly isFirst: boolean;
}

export interface Named {
  readonly id: ParticipantId;
  readonly name: string;
}

const PARTS: readonly { source: 'camera' | 'screen'; picture: Source; sound: Source }[] = [
  { source: 'camera', picture: 'camera', sound: 'microphone' },
  { source: 'screen', picture: 'screen', sound: 'screenAudio' },
];

/**
 * Which files there will be: for each person one of camera and microphone and one of the screen with
 * its sound, and one more for each further codec. `people`: in the order of their coming, which gives
 * them their numbers.
 */
export const planArchives = (
  people: readonly Named[],
  tracks: readonly TrackFolder[],
): ArchivePlan[] =>
  people.flatMap((participant, i) =>
    PARTS.flatMap(({ source, picture, sound }) => {
      const own = tracks.filter(({ info }) => info.participantId === participant.id);
      const pictures = own.filter(
        ({ info }) => info.source === picture && isPictureCodec(streamOf(info).codec),
      );
      const sounds = own.filter(
        ({ info }) => info.source === sound && streamOf(info).codec === 'opus',
      );
      if (pictures.length + sounds.length === 0) return [];
      const what = source === 'camera' && pictures.length === 0 ? 'audio' : source;
      const stem = `${i + 1}-${slugOf(participant.name)}-${what}`;
      const codecs = new Set(pictures.map(({ info }) => streamOf(info).codec));
      return [...(codecs.size > 0 ? codecs : [undefined])].map((codec, k): ArchivePlan => {
        const container = containerOf(codec);
        return {
          name: `${stem}${k === 0 ? '' : `-${k + 1}`}.${container.extension}`,
          participant: { id: participant.id, name: participant.name },
          source,
          container,
          codec,
          pictures: pictures.filter(({ info }) => streamOf(info).codec === codec),
          sounds,
          isFirst: k === 0,
        };
      });
    }),
  );
