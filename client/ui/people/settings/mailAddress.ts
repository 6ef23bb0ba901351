/** Near enough to tell a slip; the server looks closer. */
export const isMailAddress = (text: string): boolean =>
  /^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$/.test(text);
