/** The wire's rule for room names (`RoomNameSchema`), kept equal to it by a test. */
export const ROOM_NAME_PATTERN = '^(?!room_)[\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N}._-]*$';
export const MAX_ROOM_NAME_LENGTH = 64;

const RULE = new RegExp(ROOM_NAME_PATTERN, 'u');
const ROOM_ID = /^room_[0-9a-f-]{36}$/;

export type RoomEntry =
  | { kind: 'empty' }
  /** `typed`: thought up by a person, so others may guess it. */
  | { kind: 'room'; room: string; typed: boolean }
  | { kind: 'invalid'; why: string };

const isRoomName = (name: string): boolean =>
  RULE.test(name) && Array.from(name).length <= MAX_ROOM_NAME_LENGTH;

const roomOfLink = (text: string): string | null => {
  const path = /^(?:https?:\/\/)?[^/\s]*\/r\/([^/?#\s]+)/i.exec(text)?.[1];
  if (path === undefined) return null;
  try {
    return decodeURIComponent(path);
  } catch {
    return null;
  }
};

/** A room's name or a pasted link to one; words apart are joined by hyphens. */
export const readRoomEntry = (input: string): RoomEntry => {
  const text = input.trim();
  if (text === '') return { kind: 'empty' };
  const linked = roomOfLink(text);
  if (linked !== null) {
    if (isRoomName(linked) || ROOM_ID.test(linked)) {
      return { kind: 'room', room: linked, typed: false };
    }
    return { kind: 'invalid', why: 'This link does not lead to a room. Is it complete?' };
  }
  if (/^https?:\/\//i.test(text)) {
    return { kind: 'invalid', why: 'This link does not lead to a room. Is it complete?' };
  }
  const name = text.normalize('NFKC').replace(/\s+/g, '-');
  if (isRoomName(name)) return { kind: 'room', room: name, typed: true };
  if (Array.from(name).length > MAX_ROOM_NAME_LENGTH) {
    return {
      kind: 'invalid',
      why: `A room’s name has at most ${MAX_ROOM_NAME_LENGTH} characters.`,
    };
  }
  if (name.startsWith('room_')) {
    return { kind: 'invalid', why: 'A room’s name cannot begin with “room_”.' };
  }
  return {
    kind: 'invalid',
    why: 'A room’s name is letters and digits, with hyphens, dots or underscores between them.',
  };
};
