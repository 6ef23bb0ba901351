/** Plays what is in the message's row from there, once there is something that plays. */
export const playFrom = (row: Element | null, ms: number): void => {
  requestAnimationFrame(() => {
    const media = row?.querySelector<HTMLMediaElement>('audio, video');
    if (!media) return;
    const go = () => {
      media.currentTime = ms / 1000;
      // Refused where nobody has pressed anything yet: then the controls are there to be pressed.
      media.play().catch(() => {});
    };
    if (media.readyState >= HTMLMediaElement.HAVE_METADATA) go();
    else media.addEventListener('loadedmetadata', go, { once: true });
  });
};
