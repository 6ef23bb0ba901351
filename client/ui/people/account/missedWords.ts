/** “1 missed call” */
export const missedWords = (count: number): string =>
  count === 1 ? '1 missed call' : `${count} missed calls`;
