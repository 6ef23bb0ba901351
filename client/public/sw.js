/** Tells of calls while no page is open. It keeps no pages and changes no requests. */

/** @typedef {import('../../server/protocol/push.ts').PushMessage} PushMessage */

/** A page that is there answers at once; one that is not must not keep the caller waiting. */
const ANSWER_MS = 500;

const worker = /** @type {ServiceWorkerWorld} */ (/** @type {unknown} */ (self));

const pages = () => worker.clients.matchAll({ type: 'window', includeUncontrolled: true });

/**
 * @param {string} title
 * @param {CallNotificationOptions} options
 */
const notify = (title, options) =>
  worker.registration.showNotification(title, { icon: '/icon.png', ...options });

/** @param {Extract<PushMessage, { kind: 'call' }>} message */
const ring = async (message) => {
  const isSeen = (await pages()).some(({ visibilityState }) => visibilityState === 'visible');
  await notify(`${message.from.displayName} is calling`, {
    body: message.video ? 'With video' : '',
    tag: message.callId,
    renotify: true,
    requireInteraction: true,
    // The page that is seen rings itself.
    silent: isSeen,
    data: message,
    actions: [
      { action: 'accept', title: 'Accept' },
      { action: 'decline', title: 'Decline' },
    ],
  });
};

/**
 * Something is shown in any case: browsers take the right to push from who shows nothing.
 *
 * @param {Extract<PushMessage, { kind: 'callEnded' }>} message
 */
const stop = async (message) => {
  const { callId: tag, from, missed } = message;
  const title = missed ? `Missed call from ${from.displayName}` : `Call from ${from.displayName}`;
  await notify(title, {
    body: missed ? '' : 'It does not ring any more.',
    tag,
    silent: true,
    data: message,
  });
  if (missed) return;
  for (const shown of await worker.registration.getNotifications({ tag })) shown.close();
};

/**
 * Does the page take the call?
 *
 * @param {WorkerPage} page
 * @param {Extract<PushMessage, { kind: 'call' }>} message
 * @returns {Promise<boolean>}
 */
const takes = (page, { callId }) =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener('message', () => resolve(true), { once: true });
    port1.start();
    setTimeout(() => resolve(false), ANSWER_MS);
    page.postMessage({ kind: 'acceptCall', callId }, [port2]);
  });

/** @param {number} ms */
const clock = (ms) => {
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
};

/** @param {Extract<PushMessage, { kind: 'message' }>} message */
const tellMessage = async (message) => {
  const { messageId: tag, from, durationMs, urgent, waiting } = message;
  await notify(`${urgent ? 'Urgent: ' : ''}${from.displayName} left a message`, {
    body: clock(durationMs),
    tag,
    data: message,
  });
  await navigator.setAppBadge?.(waiting);
};

/** @param {PushMessage} message */
const tell = (message) => {
  if (message.kind === 'call') return ring(message);
  return message.kind === 'callEnded' ? stop(message) : tellMessage(message);
};

/** @param {PushMessage} message */
const open = async (message) => {
  if (message.kind === 'call') {
    for (const page of await pages()) {
      if (!(await takes(page, message))) continue;
      await page.focus();
      return;
    }
  }
  await worker.clients.openWindow(message.page);
};

/** @param {Extract<PushMessage, { kind: 'call' }>} message */
const decline = ({ callId }) => fetch(`/api/v1/calls/${callId}/decline`, { method: 'POST' });

/** @param {RenewedEvent} event */
const renew = async ({ oldSubscription, newSubscription }) => {
  const options = oldSubscription?.options;
  const subscription =
    newSubscription ?? (options && (await worker.registration.pushManager.subscribe(options)));
  if (!subscription) return;
  const { endpoint, keys } = subscription.toJSON();
  await fetch('/api/v1/push', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ endpoint, keys }),
  });
};

worker.addEventListener('install', (event) => event.waitUntil(worker.skipWaiting()));

worker.addEventListener('activate', (event) => event.waitUntil(worker.clients.claim()));

/** @type {Promise<void>} */
let told = Promise.resolve();

// In the order in which they come, or what rings could be shown after what says that it is over.
worker.addEventListener('push', (event) => {
  if (event.data === null) return;
  const message = /** @type {PushMessage} */ (event.data.json());
  told = told.catch(() => {}).then(() => tell(message));
  event.waitUntil(told);
});

worker.addEventListener('notificationclick', (event) => {
  const { notification, action } = event;
  const message = /** @type {PushMessage} */ (notification.data);
  notification.close();
  const declined = message.kind === 'call' && action === 'decline';
  event.waitUntil(declined ? decline(message) : open(message));
});

worker.addEventListener('pushsubscriptionchange', (event) => event.waitUntil(renew(event)));
