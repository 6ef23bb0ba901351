import { Type, type Static } from 'typebox';
import type { types } from 'mediasoup';

/**
 * The shapes of RTP, ICE and DTLS on the wire. mediasoup trusts what it is given (a fingerprint of
 * `zz` is taken without complaint, mediasoup#537), so every number and string that can reach a
 * worker is bounded here. Members that mediasoup does not read are let through unread.
 */

const Parameters = Type.Record(
  Type.String({ minLength: 1, maxLength: 64 }),
  Type.Union([
    Type.String({ maxLength: 256 }),
    Type.Number({ minimum: -0x80000000, maximum: 0xffffffff }),
    Type.Boolean(),
    Type.Null(),
  ]),
  { maxProperties: 32 },
);

const PayloadType = Type.Integer({ minimum: 0, maximum: 127 });
const Ssrc = Type.Integer({ minimum: 1, maximum: 0xffffffff });
const Uri = Type.String({ minLength: 1, maxLength: 256 });
const MimeType = Type.String({ pattern: '^(audio|video)/[A-Za-z0-9.+-]{1,32}$' });

const RtcpFeedback = Type.Object({
  type: Type.String({ minLength: 1, maxLength: 32 }),
  parameter: Type.Optional(Type.String({ maxLength: 32 })),
});

const RtpCodec = {
  mimeType: MimeType,
  clockRate: Type.Integer({ minimum: 8000, maximum: 192_000 }),
  channels: Type.Optional(Type.Integer({ minimum: 1, maximum: 8 })),
  parameters: Type.Optional(Parameters),
  rtcpFeedback: Type.Optional(Type.Array(RtcpFeedback, { maxItems: 16 })),
};

/** What an endpoint can receive (ORTC `RTCRtpCapabilities`). */
export const RtpCapabilitiesSchema = Type.Unsafe<types.RtpCapabilities>(
  Type.Object({
    codecs: Type.Optional(
      Type.Array(
        Type.Object({
          ...RtpCodec,
          kind: Type.Union([Type.Literal('audio'), Type.Literal('video')]),
          preferredPayloadType: PayloadType,
        }),
        { maxItems: 64 },
      ),
    ),
    headerExtensions: Type.Optional(
      Type.Array(
        Type.Object({
          kind: Type.Union([Type.Literal('audio'), Type.Literal('video')]),
          uri: Uri,
          preferredId: Type.Integer({ minimum: 1, maximum: 255 }),
          preferredEncrypt: Type.Optional(Type.Boolean()),
          direction: Type.Optional(
            Type.Union(
              (['sendrecv', 'sendonly', 'recvonly', 'inactive'] as const).map((d) =>
                Type.Literal(d),
              ),
            ),
          ),
        }),
        { maxItems: 64 },
      ),
    ),
  }),
);

/** What an endpoint sends for one track (ORTC `RTCRtpParameters`). Three simulcast layers at most. */
export const RtpParametersSchema = Type.Unsafe<types.RtpParameters>(
  Type.Object({
    mid: Type.Optional(Type.String({ maxLength: 32 })),
    codecs: Type.Array(Type.Object({ ...RtpCodec, payloadType: PayloadType }), {
      minItems: 1,
      maxItems: 16,
    }),
    headerExtensions: Type.Optional(
      Type.Array(
        Type.Object({
          uri: Uri,
          id: Type.Integer({ minimum: 1, maximum: 255 }),
          encrypt: Type.Optional(Type.Boolean()),
          parameters: Type.Optional(Parameters),
        }),
        { maxItems: 32 },
      ),
    ),
    encodings: Type.Array(
      Type.Object({
        ssrc: Type.Optional(Ssrc),
        rid: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9]{1,16}$' })),
        codecPayloadType: Type.Optional(PayloadType),
        rtx: Type.Optional(Type.Object({ ssrc: Ssrc })),
        dtx: Type.Optional(Type.Boolean()),
        scalabilityMode: Type.Optional(
          Type.String({ pattern: '^[LS][1-3]T[1-3](h|_KEY|_KEY_SHIFT)?$' }),
        ),
        scaleResolutionDownBy: Type.Optional(Type.Number({ minimum: 1, maximum: 16 })),
        maxBitrate: Type.Optional(Type.Integer({ minimum: 1000, maximum: 100_000_000 })),
      }),
      { minItems: 1, maxItems: 3 },
    ),
    rtcp: Type.Optional(
      Type.Object({
        cname: Type.Optional(Type.String({ maxLength: 256 })),
        reducedSize: Type.Optional(Type.Boolean()),
      }),
    ),
    msid: Type.Optional(Type.String({ maxLength: 256 })),
  }),
);

const fingerprint = <A extends string>(algorithm: A, bytes: number) =>
  Type.Object(
    {
      algorithm: Type.Literal(algorithm),
      value: Type.String({ pattern: `^[0-9A-Fa-f]{2}(:[0-9A-Fa-f]{2}){${bytes - 1}}$` }),
    },
    { additionalProperties: false },
  );

/** RFC 8122 fingerprints: the digest's length must be the algorithm's. */
export const DtlsParametersSchema = Type.Unsafe<types.DtlsParameters>(
  Type.Object(
    {
      role: Type.Optional(
        Type.Union([Type.Literal('auto'), Type.Literal('client'), Type.Literal('server')]),
      ),
      fingerprints: Type.Array(
        Type.Union([
          fingerprint('sha-256', 32),
          fingerprint('sha-384', 48),
          fingerprint('sha-512', 64),
          fingerprint('sha-224', 28),
          fingerprint('sha-1', 20),
        ]),
        { minItems: 1, maxItems: 8 },
      ),
    },
    { additionalProperties: false },
  ),
);

/** One end of a WebRTC transport, as mediasoup-client's `createSendTransport` takes it. */
export const TransportSchema = Type.Object({
  id: Type.String(),
  iceParameters: Type.Unsafe<types.IceParameters>(Type.Object({})),
  iceCandidates: Type.Unsafe<types.IceCandidate[]>(Type.Array(Type.Object({}))),
  dtlsParameters: Type.Unsafe<types.DtlsParameters>(Type.Object({})),
});

export const IceServerSchema = Type.Object({
  urls: Type.Array(Type.String()),
  username: Type.String(),
  credential: Type.String(),
});

/**
 * Everything needed to send and receive in a room. `id` names the router: as long as it is the same
 * the client's transports are alive; when it changes (a worker died) the client builds new ones and
 * publishes its tracks again.
 */
export const MediaSessionSchema = Type.Object({
  id: Type.String(),
  rtpCapabilities: Type.Unsafe<types.RtpCapabilities>(Type.Object({})),
  iceServers: Type.Array(IceServerSchema),
  send: TransportSchema,
  receive: TransportSchema,
});

export const KindSchema = Type.Union([Type.Literal('audio'), Type.Literal('video')]);

/** Where a track comes from. A participant has at most one track of each source. */
export const SourceSchema = Type.Union([
  Type.Literal('microphone'),
  Type.Literal('camera'),
  Type.Literal('screen'),
  Type.Literal('screenAudio'),
]);

export type Kind = Static<typeof KindSchema>;
export type Source = Static<typeof SourceSchema>;
export type IceServer = Static<typeof IceServerSchema>;
export type TransportInfo = Static<typeof TransportSchema>;
export type MediaSession = Static<typeof MediaSessionSchema>;

export const SOURCE_KIND: Readonly<Record<Source, Kind>> = {
  microphone: 'audio',
  camera: 'video',
  screen: 'video',
  screenAudio: 'audio',
};
