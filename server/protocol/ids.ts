import { v7 as uuidv7 } from 'uuid';
import { Type } from 'typebox';

/** Ids are a prefix and a UUIDv7: they say what they name and sort by age. */
export type IdPrefix =
  | 'room'
  | 'part'
  | 'rec'
  | 'share'
  | 'key'
  | 'render'
  | 'user'
  | 'signin'
  | 'invite'
  | 'call'
  | 'vm'
  | 'push'
  | 'hook'
  | 'delivery';
export type Id<P extends IdPrefix> = `${P}_${string}`;
export type RoomId = Id<'room'>;
export type ParticipantId = Id<'part'>;
export type RecordingId = Id<'rec'>;
export type ShareId = Id<'share'>;
export type KeyId = Id<'key'>;
export type RenderId = Id<'render'>;
export type UserId = Id<'user'>;
export type SignInId = Id<'signin'>;
export type InvitationId = Id<'invite'>;
export type CallId = Id<'call'>;
export type VoicemailId = Id<'vm'>;
export type PushId = Id<'push'>;
export type WebhookId = Id<'hook'>;
export type DeliveryId = Id<'delivery'>;

export const newId = <P extends IdPrefix>(prefix: P): Id<P> => `${prefix}_${uuidv7()}`;

const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}';

const idSchema = <P extends IdPrefix>(prefix: P) =>
  Type.Unsafe<Id<P>>(Type.String({ pattern: `^${prefix}_${UUID}$` }));

export const RoomIdSchema = idSchema('room');
export const ParticipantIdSchema = idSchema('part');
export const RecordingIdSchema = idSchema('rec');
export const ShareIdSchema = idSchema('share');
export const KeyIdSchema = idSchema('key');
export const RenderIdSchema = idSchema('render');
export const UserIdSchema = idSchema('user');
export const SignInIdSchema = idSchema('signin');
export const InvitationIdSchema = idSchema('invite');
export const CallIdSchema = idSchema('call');
export const VoicemailIdSchema = idSchema('vm');
export const PushIdSchema = idSchema('push');
export const WebhookIdSchema = idSchema('hook');
export const DeliveryIdSchema = idSchema('delivery');

/** Ids that mediasoup makes: transports, tracks (producers), consumers, routers. */
export const MediaIdSchema = Type.String({ pattern: '^[0-9a-fA-F-]{36}$' });

const ROOM_NAME = /^(?!room_)[\p{L}\p{N}][\p{L}\p{M}\p{N}._-]*$/u;
const MAX_ROOM_NAME_LENGTH = 64;

/**
 * A room's name as it stands in its URL: letters and digits of any script, joined by - _ or a dot.
 * Names are compared after `foldRoomName`.
 */
export const RoomNameSchema = Type.String({
  minLength: 1,
  maxLength: MAX_ROOM_NAME_LENGTH,
  pattern: ROOM_NAME.source,
});

/** Does a folded name still follow the rule? `½` does not, nor do `ROOM_1` and many ligatures. */
export const isRoomName = (folded: string): boolean =>
  ROOM_NAME.test(folded) && Array.from(folded).length <= MAX_ROOM_NAME_LENGTH;

/** One spelling for every way of typing a name: NFKC and lower case. */
export const foldRoomName = (name: string): string => name.normalize('NFKC').toLowerCase();

/** What a person is called in the call: one line, no control or direction-changing characters. */
export const DisplayNameSchema = Type.String({
  minLength: 1,
  maxLength: 64,
  pattern: '^(?=.*\\S)[^\\p{Cc}\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069]+$',
});
