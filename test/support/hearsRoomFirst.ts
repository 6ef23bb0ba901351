import type { Page } from 'playwright-core';

declare global {
  interface Window {
    isInRoom?: boolean;
  }
}

/**
 * A page has a socket for its calls and one for each room. On this page, the end of a call is heard
 * of a moment after the room's has closed. For what is opened from now on; `joined`: in a room.
 */
export const hearsRoomFirst = async (page: Page): Promise<{ joined: () => Promise<void> }> => {
  await page.addInitScript(() => {
    const roomClosed = Promise.withResolvers<void>();
    window.WebSocket = class extends WebSocket {
      override send(frame: string): void {
        super.send(frame);
        if (!frame.includes('"join"')) return;
        this.addEventListener('message', () => (window.isInRoom = true), { once: true });
        this.addEventListener('close', () => setTimeout(roomClosed.resolve, 500), { once: true });
      }

      override addEventListener(
        type: string,
        listener: (event: Event) => void,
        options?: AddEventListenerOptions,
      ): void {
        const heard = (event: Event): void => {
          const isEnd =
            event instanceof MessageEvent &&
            /"callChanged".*"state":"ended"/.test(String(event.data));
          if (isEnd) void roomClosed.promise.then(() => listener(event));
          else listener(event);
        };
        super.addEventListener(type, heard, options);
      }
    };
  });
  return {
    joined: async () => {
      await page.waitForFunction(() => window.isInRoom);
    },
  };
};
