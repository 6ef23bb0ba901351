/** What a call needs once there is one. */
export const loadInCall = async () => {
  const [{ CallView }, { CallSession }, { RoomClient }] = await Promise.all([
    import('../call/CallView.tsx'),
    import('../call/CallSession.ts'),
    import('../../core/RoomClient.ts'),
  ]);
  return { CallView, CallSession, RoomClient };
};

export type InCallCode = Awaited<ReturnType<typeof loadInCall>>;

/** Once a call is likely: whoever answers is heard the sooner. */
export const preloadInCall = (): void => {
  loadInCall().then(
    ({ RoomClient }) => RoomClient.preload(),
    () => {
      // Offline for the moment: the call tries again.
    },
  );
};
