/** What makes this browser the owner of the rooms it started. */

const key = (room: string): string => `roomtone.owner.${room.normalize('NFKC').toLowerCase()}`;

/** By the room's name. */
export const ownerSecretOf = (room: string): string | undefined => {
  try {
    return localStorage.getItem(key(room)) ?? undefined;
  } catch {
    return undefined;
  }
};

export const keepOwnerSecret = (room: string, secret: string): void => {
  try {
    localStorage.setItem(key(room), secret);
  } catch {
    // A browser that keeps nothing owns its rooms only while the page is open.
  }
};
