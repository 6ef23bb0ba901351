import type { ParticipantId, RecordingId, RenderId } from '../protocol/ids.ts';
import type { RenderSpec, RenderState, RenderWish, Stretch } from '../protocol/renders.ts';
import { AppError } from '../base/AppError.ts';
import type { RecordingRecord } from './RecordingRecord.ts';

/** A wish for one file of a recording, and what became of it. Times: milliseconds since 1970. */
export interface Render {
  readonly id: RenderId;
  readonly recordingId: RecordingId;
  readonly spec: RenderSpec;
  readonly state: RenderState;
  /** How often it was begun: one that takes the machine down with it is not tried for ever. */
  readonly attempts: number;
  readonly createdAt: number;
  readonly endedAt: number | null;
  /** For people. */
  readonly failure: string | null;
  /** Of the finished file. */
  readonly file: string | null;
  readonly kept: readonly Stretch[];
}

export interface RenderStore {
  /** Inserts, or replaces what was there under this id. */
  put(render: Render): Promise<void>;
  get(recordingId: RecordingId, id: RenderId): Promise<Render | undefined>;
  /** Oldest first. */
  list(recordingId: RecordingId): Promise<Render[]>;
  /** Queued or under way, oldest first. */
  unfinished(): Promise<Render[]>;
  remove(id: RenderId): Promise<void>;
}

/** A wish with all that it leaves open, as far as the recording has it. AppError `bad_request`. */
export const specOf = (wish: RenderWish, { people, durationMs }: RecordingRecord): RenderSpec => {
  const { layout = 'grid', person = null, without = [], silenced = [] } = wish;
  const { fromMs = 0, toMs = null } = wish;
  for (const [pointer, ids] of Object.entries({ person, without, silenced })) {
    for (const id of [ids ?? []].flat()) requirePerson(pointer, id, people);
  }
  if (layout === 'single' && person === null) throw wrong('person', 'must say whom to show');
  if (layout === 'single' && person !== null && without.includes(person)) {
    throw wrong('without', 'must not hold whom to show');
  }
  if (people.every(({ participantId }) => without.includes(participantId))) {
    throw wrong('without', 'must leave somebody');
  }
  if (fromMs >= Math.min(toMs ?? durationMs, durationMs)) {
    throw wrong('fromMs', 'must be before the end');
  }
  return {
    layout,
    person: layout === 'single' ? person : null,
    without: without.toSorted(),
    silenced: silenced.toSorted(),
    fromMs,
    toMs,
    size: wish.size ?? '720p',
    format: wish.format ?? 'mp4',
    pauses: wish.pauses ?? 'cut',
  };
};

const requirePerson = (
  pointer: string,
  id: ParticipantId,
  people: RecordingRecord['people'],
): void => {
  if (people.some(({ participantId }) => participantId === id)) return;
  throw wrong(pointer, 'must be somebody of this recording');
};

const wrong = (pointer: string, message: string): AppError =>
  new AppError('bad_request', 'This cannot be rendered.', {
    fields: [{ pointer: `/${pointer}`, message }],
  });

/** Can the person be seen or heard in it? */
export const shows = ({ layout, person, without }: RenderSpec, who: ParticipantId): boolean =>
  layout === 'single' ? person === who : !without.includes(who);

/** The same wish where there is no such person. */
export const specWithout = (spec: RenderSpec, who: ParticipantId): RenderSpec => ({
  ...spec,
  without: spec.without.filter((one) => one !== who),
  silenced: spec.silenced.filter((one) => one !== who),
});

/** What is made of every call by itself: what was shown large, when anything was. */
export const automaticWish = ({ files }: RecordingRecord): RenderWish | undefined => {
  const tracks = files.filter(({ kind }) => kind === 'track');
  if (tracks.length === 0) return undefined;
  return { layout: tracks.some(({ source }) => source === 'screen') ? 'screen' : 'grid' };
};
