/** As the wire takes it. */
const MOST_DAYS = 36_500;

/** Days that somebody typed; null for nothing, undefined for what is no number of days. */
export const readDays = (typed: string): number | null | undefined => {
  const text = typed.trim();
  if (text === '') return null;
  const days = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  return days >= 1 && days <= MOST_DAYS ? days : undefined;
};
