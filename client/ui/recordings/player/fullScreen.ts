/** The picture and its controls fill the screen, or no longer do. */
export const toggleFullScreen = async (element: HTMLElement | null): Promise<void> => {
  try {
    if (document.fullscreenElement !== null) await document.exitFullscreen();
    else await element?.requestFullscreen();
  } catch {
    // Some phones have it for videos of their own player alone.
  }
};
