/** Quieter than this is silence, louder is as loud as speech gets (dBov, RFC 6464). */
const QUIET_DBOV = -60;
const LOUD_DBOV = -20;

/** 0 to 1, in steps coarse enough that a tile is not redrawn for nothing. */
export const loudness = (dBov: number | undefined): number => {
  if (dBov === undefined) return 0;
  const share = (dBov - QUIET_DBOV) / (LOUD_DBOV - QUIET_DBOV);
  return Math.round(Math.min(1, Math.max(0, share)) * 8) / 8;
};
