import { Type, type TSchema } from 'typebox';
import { ParticipantIdSchema } from '../../protocol/ids.ts';
import { SourceSchema } from '../../protocol/media.ts';
import { StopReasonSchema } from '../../protocol/recordings.ts';
import type { RecordingEvent, TimedEvent } from '../../recordings/Tape.ts';

const participantId = ParticipantIdSchema;
const trackId = Type.String();
const paused = Type.Boolean();

/** Members of each event beside its type and time. */
const MEMBERS: { readonly [T in RecordingEvent['type']]: MembersOf<T> } = {
  joined: { participantId, name: Type.String() },
  left: { participantId },
  published: { trackId, participantId, source: SourceSchema, paused },
  unpublished: { trackId, participantId },
  trackPaused: { trackId, participantId, paused },
  speaker: { participantId: Type.Union([ParticipantIdSchema, Type.Null()]) },
  paused: {},
  resumed: {},
  stopped: { reason: StopReasonSchema },
  mediaMoved: {},
  told: { participantId },
  consent: { participantId, agreed: Type.Boolean() },
};

type MembersOf<T extends RecordingEvent['type']> = Readonly<
  Record<keyof Omit<Extract<RecordingEvent, { type: T }>, 'type'>, TSchema>
>;

/** A line of `events.ndjson`. */
export const TimedEventSchema = Type.Unsafe<TimedEvent>(
  Type.Union(
    Object.entries(MEMBERS).map(([type, members]) =>
      Type.Object({ type: Type.Literal(type), atMs: Type.Number(), ...members }),
    ),
  ),
);
