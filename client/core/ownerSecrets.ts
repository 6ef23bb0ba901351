/** What makes this browser the owner of the rooms it started. */

const PREFIX = 'roomtone.owner.';
const key = (room: string): string => PREFIX + room.normalize('NFKC').toLowerCase();

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

/** Of all rooms that this browser started, each once. */
export const ownerSecrets = (): readonly string[] => {
  try {
    const secrets = Object.keys(localStorage)
      .filter((name) => name.startsWith(PREFIX))
      .flatMap((name) => localStorage.getItem(name) ?? []);
    return [...new Set(secrets)];
  } catch {
    return [];
  }
};
