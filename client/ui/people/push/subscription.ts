import { PushClient } from '../../../core/PushClient.ts';
import { watchedFetch } from '../session.ts';

const WORKER = '/sw.js';

const client = new PushClient({ fetch: watchedFetch });

/** Somebody has said no, now or before: the browser does not ask again. */
export class PushRefused extends Error {
  override readonly name = 'PushRefused';
}

/** Is this browser told of calls? */
export const isPushOn = async (): Promise<boolean> => {
  if (Notification.permission !== 'granted') return false;
  const registration = await navigator.serviceWorker.getRegistration(WORKER);
  const subscription = await registration?.pushManager.getSubscription();
  if (!subscription) return false;
  return (await client.read()).subscriptions.some(({ current }) => current);
};

/** Asks for the permission; call it while somebody presses something. Rejects with `PushRefused`, too. */
export const switchPushOn = async (): Promise<void> => {
  // Before anything else: Safari asks at once or never.
  if ((await Notification.requestPermission()) !== 'granted') throw new PushRefused();
  await navigator.serviceWorker.register(WORKER);
  const { pushManager } = await navigator.serviceWorker.ready;
  const { publicKey } = await client.read();
  const subscription = await subscribe(pushManager, bytesOf(publicKey));
  const { endpoint, keys } = subscription.toJSON();
  const { p256dh, auth } = keys ?? {};
  if (endpoint === undefined || p256dh === undefined || auth === undefined) {
    throw new Error('The browser’s subscription is not whole');
  }
  await client.add({ endpoint, keys: { p256dh, auth } });
};

export const switchPushOff = async (): Promise<void> => {
  const registration = await navigator.serviceWorker.getRegistration(WORKER);
  const subscription = await registration?.pushManager.getSubscription();
  const { subscriptions } = await client.read();
  for (const { id, current } of subscriptions) if (current) await client.remove(id);
  await subscription?.unsubscribe();
};

/** A subscription belongs to the server's key: with another one, it has to be another one. */
const subscribe = async (
  pushManager: PushManager,
  applicationServerKey: Uint8Array<ArrayBuffer>,
): Promise<PushSubscription> => {
  const before = await pushManager.getSubscription();
  const key = before?.options.applicationServerKey;
  if (before && key && !areSame(new Uint8Array(key), applicationServerKey)) {
    await before.unsubscribe();
  }
  return pushManager.subscribe({ userVisibleOnly: true, applicationServerKey });
};

const areSame = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, i) => byte === b[i]);

const bytesOf = (base64url: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(base64url.replaceAll('-', '+').replaceAll('_', '/')), (letter) =>
    letter.charCodeAt(0),
  );
