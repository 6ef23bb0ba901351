import type { Page } from 'playwright-core';
import { Compile } from 'typebox/compile';
import { notifications, type NotificationData } from '../../server/protocol/signaling.ts';
import { parseFrame } from '../../client/core/frames.ts';

const LayerChanged = Compile(notifications.layerChanged);

/** What a page is told about layers, each held against its schema as it comes. */
export const layerNews = (page: Page): NotificationData<'layerChanged'>[] => {
  const news: NotificationData<'layerChanged'>[] = [];
  page.on('websocket', (socket) => {
    socket.on('framereceived', ({ payload }) => {
      const frame = parseFrame(payload);
      if (!frame || !('notification' in frame) || frame.method !== 'layerChanged') return;
      news.push(LayerChanged.Parse(frame.data));
    });
  });
  return news;
};
