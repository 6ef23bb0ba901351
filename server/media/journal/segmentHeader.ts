import { Type, type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import type { types } from 'mediasoup';
import { ParticipantIdSchema, RecordingIdSchema } from '../../protocol/ids.ts';
import { KindSchema, SourceSchema } from '../../protocol/media.ts';
import type { TrackInfo } from '../../recordings/Tape.ts';

/** Only what readers need is looked at: mediasoup wrote it, and a checksum has kept it. */
const RtpParameters = Type.Unsafe<types.RtpParameters>(
  Type.Object({
    codecs: Type.Array(
      Type.Object({
        mimeType: Type.String(),
        payloadType: Type.Integer(),
        clockRate: Type.Integer({ minimum: 1 }),
      }),
      { minItems: 1 },
    ),
    encodings: Type.Optional(Type.Array(Type.Object({}))),
    headerExtensions: Type.Optional(
      Type.Array(Type.Object({ uri: Type.String(), id: Type.Integer() })),
    ),
  }),
);

const TrackInfoSchema = Type.Object({
  trackId: Type.String(),
  participantId: ParticipantIdSchema,
  participantName: Type.String(),
  source: SourceSchema,
  kind: KindSchema,
  rtpParameters: RtpParameters,
});

/** Begins each segment: a single one left of a recording is enough to know what it is. */
const SegmentHeaderSchema = Type.Object({
  version: Type.Literal(1),
  recordingId: RecordingIdSchema,
  track: TrackInfoSchema,
  /** Counted from 0. */
  segment: Type.Integer({ minimum: 0 }),
  /** Beginning of the segment on the recording's own clock. */
  baseMs: Type.Number(),
  /** The same moment, milliseconds since 1970. */
  wallMs: Type.Number(),
  salt: Type.Integer({ minimum: 0, maximum: 0xffffffff }),
  /** For who reads it by hand; `track.rtpParameters` has both. */
  ssrc: Type.Union([Type.Integer(), Type.Null()]),
  clockRate: Type.Integer(),
});

export type SegmentHeader = Static<typeof SegmentHeaderSchema>;

const check = Compile(SegmentHeaderSchema);

export const parseSegmentHeader = (json: string): SegmentHeader | undefined => {
  try {
    const value: unknown = JSON.parse(json);
    return check.Check(value) ? value : undefined;
  } catch {
    return undefined;
  }
};

export const writeSegmentHeader = (
  header: Omit<SegmentHeader, 'version' | 'ssrc' | 'clockRate' | 'track'> & { track: TrackInfo },
): string => {
  const { codecs, encodings } = header.track.rtpParameters;
  return JSON.stringify({
    version: 1,
    ...header,
    ssrc: encodings?.[0]?.ssrc ?? null,
    clockRate: codecs[0]?.clockRate ?? 0,
  } satisfies Omit<SegmentHeader, 'track'> & { track: TrackInfo });
};
