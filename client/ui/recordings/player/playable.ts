import type { RecordingResource } from '../../../../server/protocol/recordings.ts';
import type { RenderResource, RenderSpec, Stretch } from '../../../../server/protocol/renders.ts';
import { guessKept } from './clockMap.ts';
import { capital, cutWords, layoutWords, type People } from '../renders/renderWords.ts';

type File = RecordingResource['files'][number];

/** Something of the recording that can be played. */
export interface Playable {
  readonly file: string;
  readonly kind: 'composite' | 'person' | 'sound';
  readonly label: string;
  readonly hasPicture: boolean;
  /** What of the recording's clock is in it; empty: all; null: nobody here knows. */
  readonly kept: readonly Stretch[] | null;
}

const hasPicture = ({ type }: File): boolean => type.startsWith('video/');

/** The first of them that is there plays almost everywhere, the last in fewer places. */
const SOUNDS = ['m4a', 'mp3', 'ogg'];

const soundOf = (files: readonly File[]): File | undefined => {
  const sounds = files.filter(({ kind, participant }) => kind === 'audio' && participant === null);
  return (
    SOUNDS.map((wanted) => sounds.find(({ name }) => name === `recording.${wanted}`)).find(
      (sound) => sound !== undefined,
    ) ?? sounds[0]
  );
};

const trackLabel = ({ participant, source }: File): string => {
  const name = participant?.name ?? 'Somebody';
  return source === 'screen' ? `${name}’s screen` : `${name} alone`;
};

/** What is seen, and what tells it from others of the kind. */
const labelOf = (spec: RenderSpec, recording: People): string =>
  [layoutWords(spec, recording), ...cutWords(spec, recording)].join(', ');

/** All that can be played, the best first: one video, the newest first; each person; sound. */
export const playablesOf = (
  recording: Pick<RecordingResource, 'files' | 'durationMs' | 'gaps'> & People,
  renders: readonly Pick<RenderResource, 'file' | 'kept' | 'spec'>[],
): readonly Playable[] => {
  const { files } = recording;
  const renderOf = ({ name }: File) => renders.find((one) => one.file === name);
  const composites = files
    .filter(({ kind }) => kind === 'composite')
    .toReversed()
    .map((file): Playable => {
      const render = renderOf(file);
      return {
        file: file.name,
        kind: 'composite',
        label: render ? `One video: ${labelOf(render.spec, recording)}` : 'One video',
        hasPicture: hasPicture(file),
        kept: render?.kept ?? guessKept(file.durationMs, recording),
      };
    });
  const tracks = files
    .filter(({ kind, bytes }) => kind === 'track' && bytes !== null)
    .map((file): Playable => ({
      file: file.name,
      kind: 'person',
      label: trackLabel(file),
      hasPicture: hasPicture(file),
      kept: [],
    }))
    .toSorted((a, b) => Number(b.hasPicture) - Number(a.hasPicture));
  const sound = soundOf(files);
  const together: Playable[] = sound
    ? [{ file: sound.name, kind: 'sound', label: 'Sound only', hasPicture: false, kept: [] }]
    : [];
  for (const file of files.toReversed()) {
    const render = renderOf(file);
    if (file.kind !== 'audio' || render === undefined) continue;
    const format = file.name.slice(file.name.lastIndexOf('.') + 1).toUpperCase();
    const label = `${capital(labelOf(render.spec, recording))} (${format})`;
    together.push({ file: file.name, kind: 'sound', label, hasPicture: false, kept: render.kept });
  }
  // Without any picture everybody's sound together is the better start.
  return composites.length > 0 || tracks.some((track) => track.hasPicture)
    ? [...composites, ...tracks, ...together]
    : [...together, ...tracks];
};
