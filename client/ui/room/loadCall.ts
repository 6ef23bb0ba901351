/** What the call page needs beyond the pre-join page. A failed load may be tried again. */
export const loadCall = async () => {
  const [{ CallScreen }, { Recorded }, { RoomClient }] = await Promise.all([
    import('../call/CallScreen.tsx'),
    import('../recording/Recorded.tsx'),
    import('../../core/RoomClient.ts'),
  ]);
  return { CallScreen, Recorded, RoomClient };
};

export type CallCode = Awaited<ReturnType<typeof loadCall>>;

const load = (): void => {
  loadCall().then(
    ({ RoomClient }) => RoomClient.preload(),
    () => {
      // Offline for the moment: Join tries again.
    },
  );
};

/** Fetched while the person reads the page, never before the page itself is usable. */
export const preloadCall = (): (() => void) => {
  if (typeof requestIdleCallback !== 'function') {
    const timer = setTimeout(load, 1000);
    return () => clearTimeout(timer);
  }
  const idle = requestIdleCallback(load, { timeout: 3000 });
  return () => cancelIdleCallback(idle);
};
