/** Nobody touched anything for so long: nobody is there. */
const AWAY_AFTER_MS = 5 * 60_000;
/** More often would be work for nothing. */
const NOTED_EVERY_MS = 5000;

const TOUCHES = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const;

/** Tells whether somebody is at this page, now and whenever that changes. */
export const watchActivity = (tell: (active: boolean) => void): void => {
  let touchedAt = Date.now();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const look = () => {
    clearTimeout(timer);
    const restMs = touchedAt + AWAY_AFTER_MS - Date.now();
    const active = document.visibilityState === 'visible' && restMs > 0;
    if (active) timer = setTimeout(look, restMs);
    tell(active);
  };
  const touched = () => {
    const now = Date.now();
    if (now - touchedAt < NOTED_EVERY_MS) return;
    touchedAt = now;
    look();
  };
  for (const touch of TOUCHES) addEventListener(touch, touched, { passive: true });
  document.addEventListener('visibilitychange', () => {
    // Whoever comes back to a page is there.
    if (document.visibilityState === 'visible') touchedAt = Date.now();
    look();
  });
  look();
};
