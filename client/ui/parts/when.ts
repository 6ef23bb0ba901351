/** “24 Nov 2026, 14:05”, as this browser writes it. */
export const whenWords = (iso: string): string =>
  new Date(iso).toLocaleString([], { dateStyle: 'medium', timeStyle: 'short' });

/** “24 Nov 2026” */
export const dayWords = (iso: string): string =>
  new Date(iso).toLocaleDateString([], { dateStyle: 'medium' });

const DAY_MS = 86_400_000;

/** “Today, 14:05”, “yesterday” likewise, and older ones with their date. */
export const recentWords = (iso: string, now: number): string => {
  const then = new Date(iso);
  const time = then.toLocaleTimeString([], { timeStyle: 'short' });
  if (then.toDateString() === new Date(now).toDateString()) return `Today, ${time}`;
  if (then.toDateString() === new Date(now - DAY_MS).toDateString()) return `Yesterday, ${time}`;
  return whenWords(iso);
};

/** “45 s”, “3 min”, “1 h 5 min” */
export const durationWords = (ms: number): string => {
  const seconds = Math.max(1, Math.round(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const rest = minutes % 60;
  const hours = (minutes - rest) / 60;
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
};
