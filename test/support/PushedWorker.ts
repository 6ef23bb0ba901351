import type { CDPSession, Page, Worker } from 'playwright-core';
import type { PushMessage } from '../../server/protocol/push.ts';
import { waitFor } from './waitFor.ts';

export interface Shown {
  readonly title: string;
  readonly body: string;
  readonly actions: readonly string[];
  readonly silent: boolean;
}

/** Types of what runs in the worker; the library of pages does not know its world. */
interface Inside {
  readonly registration: ServiceWorkerRegistration;
  readonly clients: { openWindow: (url: string) => Promise<unknown> };
  readonly NotificationEvent: new (
    name: string,
    options: { notification: Notification; action: string },
  ) => Event;
  readonly ExtendableEvent: { prototype: { waitUntil: (lasts: Promise<unknown>) => void } };
  readonly dispatchEvent: (event: Event) => boolean;
  opened: string[];
  /** How many of those pushed have been dealt with. */
  told: number;
}

/** The service worker in a real Chromium, to which the browser hands what was pushed. */
export class PushedWorker {
  readonly #cdp: CDPSession;
  readonly #origin: string;
  readonly #worker: Worker;
  readonly #registrationId: string;
  #received = 0;

  /** Once the page has registered it. */
  static async of(page: Page): Promise<PushedWorker> {
    const { origin } = new URL(page.url());
    const worker = await waitFor(
      'the service worker is there',
      () => page.context().serviceWorkers()[0],
      (found) => found !== undefined,
    );
    const cdp = await page.context().newCDPSession(page);
    const ids: string[] = [];
    cdp.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      for (const { scopeURL, registrationId } of registrations) {
        if (scopeURL === `${origin}/`) ids.push(registrationId);
      }
    });
    await cdp.send('ServiceWorker.enable');
    await waitFor('it has an id', () => ids.length > 0);
    await worker!.evaluate(() => {
      const inside = self as unknown as Inside;
      const { prototype } = inside.ExtendableEvent;
      const { waitUntil } = prototype;
      inside.told = 0;
      prototype.waitUntil = function (this: Event, lasts) {
        waitUntil.call(this, lasts);
        if (this.type === 'push') void lasts.finally(() => (inside.told += 1));
      };
    });
    return new PushedWorker(cdp, origin, worker!, ids[0]!);
  }

  private constructor(cdp: CDPSession, origin: string, worker: Worker, registrationId: string) {
    this.#cdp = cdp;
    this.#origin = origin;
    this.#worker = worker;
    this.#registrationId = registrationId;
  }

  /**
   * As the browser does once its maker’s push service has brought them, one right after the other.
   * Until all is shown: a notification that is asked for while it is being shown is lost to Chromium.
   */
  async receive(...messages: PushMessage[]): Promise<void> {
    for (const message of messages) {
      await this.#cdp.send('ServiceWorker.deliverPushMessage', {
        origin: this.#origin,
        registrationId: this.#registrationId,
        data: JSON.stringify(message),
      });
    }
    this.#received += messages.length;
    await waitFor(
      'the service worker has dealt with what was pushed',
      () => this.#worker.evaluate(() => (self as unknown as Inside).told),
      (told) => told === this.#received,
    );
  }

  shown(): Promise<Shown[]> {
    return this.#worker.evaluate(async () => {
      const { registration } = self as unknown as Inside;
      return (await registration.getNotifications()).map((notification) => {
        const { title, body, silent } = notification;
        const { actions } = notification as unknown as { actions: { title: string }[] };
        return { title, body, silent: silent === true, actions: actions.map((one) => one.title) };
      });
    });
  }

  /** Exactly these, by their titles. */
  async shows(...titles: string[]): Promise<Shown[]> {
    return waitFor(
      `notifications are ${titles.join(', ') || 'none'}`,
      () => this.shown(),
      (seen) => seen.map(({ title }) => title).join() === titles.join(),
    );
  }

  /** A button of the only notification; '' is the notification itself. */
  async press(action: 'accept' | 'decline' | ''): Promise<void> {
    await this.#worker.evaluate(async (pressed) => {
      const inside = self as unknown as Inside;
      const [notification] = await inside.registration.getNotifications();
      if (!notification) throw new Error('there is no notification');
      const options = { notification, action: pressed };
      inside.dispatchEvent(new inside.NotificationEvent('notificationclick', options));
    }, action);
  }

  /** Windows are opened for who pressed with a finger; from now on it is noted where they would be. */
  async noteWindows(): Promise<void> {
    await this.#worker.evaluate(() => {
      const inside = self as unknown as Inside;
      inside.opened = [];
      inside.clients.openWindow = (url) => {
        inside.opened.push(url);
        return Promise.resolve(null);
      };
    });
  }

  opened(): Promise<string[]> {
    return this.#worker.evaluate(() => (self as unknown as Inside).opened);
  }
}
