const PREFIX = 'roomtone.';

/** What this browser remembers of its user; nothing, where storage is refused. */
export const recall = (key: string): string | null => {
  try {
    return localStorage.getItem(PREFIX + key);
  } catch {
    return null;
  }
};

export const remember = (key: string, value: string | null): void => {
  try {
    if (value === null) localStorage.removeItem(PREFIX + key);
    else localStorage.setItem(PREFIX + key, value);
  } catch {
    // Private windows may refuse; then it holds until the page goes.
  }
};
