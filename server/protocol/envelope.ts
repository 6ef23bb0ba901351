import { Type, type Static } from 'typebox';
import type { ErrorCode } from './errors.ts';

/** protoo's three frames. `data` is checked against the schema of the message it belongs to. */
export const RequestFrameSchema = Type.Object(
  {
    request: Type.Literal(true),
    id: Type.Integer({ minimum: 0, maximum: 0xffffffff }),
    method: Type.String({ minLength: 1, maxLength: 64 }),
    data: Type.Optional(Type.Unknown()),
  },
  { additionalProperties: false },
);

export const OkResponseFrameSchema = Type.Object(
  {
    response: Type.Literal(true),
    id: Type.Integer({ minimum: 0, maximum: 0xffffffff }),
    ok: Type.Literal(true),
    data: Type.Optional(Type.Unknown()),
  },
  { additionalProperties: false },
);

/**
 * `errorCode` is the HTTP status and `errorReason` the stable code, as protoo's clients read them;
 * `detail` is a sentence for people.
 */
export const ErrorResponseFrameSchema = Type.Object(
  {
    response: Type.Literal(true),
    id: Type.Integer({ minimum: 0, maximum: 0xffffffff }),
    ok: Type.Literal(false),
    errorCode: Type.Integer({ minimum: 400, maximum: 599 }),
    errorReason: Type.Unsafe<ErrorCode>(Type.String({ maxLength: 64 })),
    detail: Type.Optional(Type.String({ maxLength: 512 })),
  },
  { additionalProperties: false },
);

/** Only the server sends notifications. */
export const NotificationFrameSchema = Type.Object(
  {
    notification: Type.Literal(true),
    method: Type.String({ minLength: 1, maxLength: 64 }),
    data: Type.Optional(Type.Unknown()),
  },
  { additionalProperties: false },
);

/** What a client may send. */
export const ClientFrameSchema = Type.Union([
  RequestFrameSchema,
  OkResponseFrameSchema,
  ErrorResponseFrameSchema,
]);

export type RequestFrame = Static<typeof RequestFrameSchema>;
export type OkResponseFrame = Static<typeof OkResponseFrameSchema>;
export type ErrorResponseFrame = Static<typeof ErrorResponseFrameSchema>;
export type ResponseFrame = OkResponseFrame | ErrorResponseFrame;
export type NotificationFrame = Static<typeof NotificationFrameSchema>;
export type ClientFrame = Static<typeof ClientFrameSchema>;
export type ServerFrame = RequestFrame | ResponseFrame | NotificationFrame;
