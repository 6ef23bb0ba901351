import type { Person } from '../../../../server/protocol/recordings.ts';
import type {
  RenderLayout,
  RenderResource,
  RenderSpec,
} from '../../../../server/protocol/renders.ts';
import { assertNever } from '../../parts/assertNever.ts';
import { durationClock } from '../../recording/words.ts';

export const LAYOUT_WORDS = {
  grid: 'everybody, all the same size',
  speaker: 'whoever speaks, large',
  screen: 'the shared screen, large',
  single: 'one person',
  audio: 'sound only',
} as const satisfies Record<RenderLayout, string>;

export const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

export interface People {
  readonly participants?: readonly Pick<Person, 'participantId' | 'name'>[];
}

const nameIn = ({ participants = [] }: People, id: string | null): string | undefined =>
  participants.find(({ participantId }) => participantId === id)?.name;

/** “Ana” of one person; else who is seen, and how. */
export const layoutWords = (
  { layout, person }: Pick<RenderSpec, 'layout' | 'person'>,
  recording: People,
): string => (layout === 'single' && nameIn(recording, person)) || LAYOUT_WORDS[layout];

/** What of the recording is not in it. */
export const cutWords = (
  { fromMs, toMs, without, silenced }: RenderSpec,
  recording: People,
): readonly string[] => {
  const names = (ids: readonly string[]): string =>
    ids.map((id) => nameIn(recording, id) ?? 'somebody').join(', ');
  const words: string[] = [];
  if (fromMs > 0 || toMs !== null) {
    words.push(
      `from ${durationClock(fromMs)} to ${toMs === null ? 'the end' : durationClock(toMs)}`,
    );
  }
  if (without.length > 0) words.push(`without ${names(without)}`);
  if (silenced.length > 0) words.push(`${names(silenced)} not heard`);
  return words;
};

/** All that was wished for. */
export const specWords = (spec: RenderSpec, recording: People): string =>
  [
    capital(layoutWords(spec, recording)),
    ...(spec.layout === 'audio' ? [] : [spec.size]),
    spec.format === 'mp4' ? 'MP4' : 'WebM',
    ...cutWords(spec, recording),
  ].join(' · ');

/** Minutes are near enough, as it is an estimate. */
export const remainingWords = (ms: number): string => {
  if (ms < 50_000) return `${Math.max(5, Math.ceil(ms / 5_000) * 5)} seconds left`;
  const minutes = Math.round(ms / 60_000);
  if (minutes < 60) return minutes <= 1 ? 'about a minute left' : `about ${minutes} minutes left`;
  const hours = Math.round(minutes / 60);
  return hours === 1 ? 'about an hour left' : `about ${hours} hours left`;
};

type Standing = Pick<RenderResource, 'state' | 'progress' | 'remainingMs' | 'failure'>;

export const renderStateWords = ({ state, progress, remainingMs, failure }: Standing): string => {
  switch (state) {
    case 'queued':
      return 'Waiting for its turn';
    case 'rendering': {
      const done = `${Math.floor(progress * 100)} %`;
      return remainingMs === null ? done : `${done}, ${remainingWords(remainingMs)}`;
    }
    case 'ready':
      return 'Ready';
    case 'failed':
      return failure ?? 'It could not be made, and the server does not say why.';
    default:
      return assertNever(state);
  }
};
