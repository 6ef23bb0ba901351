import type { Page } from 'playwright-core';

/**
 * A page has a socket for its calls and one for each room. On this page, the end of a call is heard
 * of once the room's has closed. For what is opened from now on; `joined`: it is in a room.
 */
export const hearsRoomFirst = async (page: Page): Promise<{ joined: Promise<void> }> => {
  const joined = Promise.withResolvers<void>();
  const closed = Promise.withResolvers<void>();
  await page.routeWebSocket(/./, (socket) => {
    const server = socket.connectToServer();
    let isRoom = false;
    socket.onMessage((frame) => {
      isRoom ||= /"join"/.test(String(frame));
      server.send(frame);
    });
    server.onMessage((frame) => {
      if (isRoom) joined.resolve();
      if (!/"callChanged".*"state":"ended"/.test(String(frame))) return socket.send(frame);
      void closed.promise.then(() => socket.send(frame));
    });
    server.onClose((code, reason) => {
      void socket.close({ ...(code !== undefined && { code }), ...(reason && { reason }) });
      if (isRoom) closed.resolve();
    });
  });
  return { joined: joined.promise };
};
