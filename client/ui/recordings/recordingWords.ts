import type { Gap, Grade, Person, RecordingResource } from '../../../server/protocol/recordings.ts';
import { assertNever } from '../parts/assertNever.ts';
import { dayWords } from '../parts/when.ts';
import { durationClock } from '../recording/words.ts';

type Named = Pick<RecordingResource, 'title' | 'room' | 'startedAt'>;

/** What somebody called it; else its room and day. */
export const titleOf = ({ title, room, startedAt }: Named): string =>
  title ?? `${room.name}, ${dayWords(startedAt)}`;

/** Who was there; of one that runs, who has sent anything so far. */
export const namesIn = ({
  participants,
  files,
}: {
  readonly participants: readonly Pick<Person, 'name'>[];
  readonly files: readonly Pick<RecordingResource['files'][number], 'participant'>[];
}): readonly string[] =>
  participants.length > 0
    ? participants.map(({ name }) => name)
    : [...new Set(files.flatMap(({ participant }) => participant?.name ?? []))];

/** More names than this are counted. */
const NAMED = 4;

/** “Ana, Ben and 3 others” */
export const peopleWords = (names: readonly string[]): string => {
  const all = [...new Set(names)];
  if (all.length === 0) return 'Nobody was there';
  if (all.length === 1) return all[0] ?? '';
  const shown = all.length > NAMED ? all.slice(0, NAMED - 1) : all.slice(0, -1);
  const others = all.length - shown.length;
  return `${shown.join(', ')} and ${others === 1 ? all.at(-1) : `${others} others`}`;
};

export interface StateWords {
  readonly kind: 'running' | 'preparing' | 'ready' | 'failed';
  readonly words: string;
}

/** How it stands, in words. */
export const stateWords = ({
  state,
  partial,
  failure,
}: Pick<RecordingResource, 'state' | 'partial' | 'failure'>): StateWords => {
  switch (state) {
    case 'requested':
    case 'starting':
      return { kind: 'running', words: 'Starting' };
    case 'recording':
      return { kind: 'running', words: 'Recording now' };
    case 'paused':
      return { kind: 'running', words: 'Paused' };
    case 'stopping':
    case 'finishing':
      return { kind: 'preparing', words: 'Its files are being made' };
    case 'recovering':
      return { kind: 'preparing', words: 'Its files are being saved after a crash' };
    case 'ready':
      return { kind: 'ready', words: partial ? 'Ready, but a part is missing' : 'Ready' };
    case 'failed':
      return {
        kind: 'failed',
        words: failure ?? 'Its files could not be made, and the server does not say why.',
      };
    default:
      return assertNever(state);
  }
};

export const isOpen = (recording: Pick<RecordingResource, 'state'>): boolean =>
  recording.state !== 'ready' && recording.state !== 'failed';

const GAP_WORDS = {
  paused: 'it was paused',
  lost: 'nothing could be kept',
  media: 'the media server was restarted',
} as const satisfies Record<Gap['reason'], string>;

/** “From 01:02 to 01:30 it was paused.” */
export const gapWords = ({ fromMs, toMs, reason }: Gap): string =>
  `From ${durationClock(fromMs)} to ${durationClock(toMs)} ${GAP_WORDS[reason]}.`;

export const GRADE_WORDS = {
  green: 'All is as it should be.',
  amber: 'It can be used; there are flaws.',
  red: 'Something is missing.',
} as const satisfies Record<Grade, string>;
