/**
 * What sw.js uses of a service worker's world: TypeScript's own library for it cannot stand beside that of
 * pages.
 */
interface WorkerEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}

interface PushedEvent extends WorkerEvent {
  readonly data: { json(): unknown } | null;
}

interface ChosenEvent extends WorkerEvent {
  readonly notification: Notification;
  readonly action: string;
}

interface RenewedEvent extends WorkerEvent {
  readonly oldSubscription?: PushSubscription | null;
  readonly newSubscription?: PushSubscription | null;
}

interface WorkerPage {
  readonly visibilityState: DocumentVisibilityState;
  focus(): Promise<unknown>;
  postMessage(message: unknown, transfer: Transferable[]): void;
}

interface WorkerEvents {
  install: WorkerEvent;
  activate: WorkerEvent;
  push: PushedEvent;
  notificationclick: ChosenEvent;
  pushsubscriptionchange: RenewedEvent;
}

interface ServiceWorkerWorld {
  readonly registration: ServiceWorkerRegistration;
  readonly clients: {
    claim(): Promise<void>;
    matchAll(options: {
      type: 'window';
      includeUncontrolled: boolean;
    }): Promise<readonly WorkerPage[]>;
    openWindow(url: string): Promise<unknown>;
  };
  skipWaiting(): Promise<void>;
  addEventListener<Name extends keyof WorkerEvents>(
    name: Name,
    listener: (event: WorkerEvents[Name]) => void,
  ): void;
}

/** Not yet in the library of pages: buttons belong to notifications of service workers. */
interface CallNotificationOptions extends NotificationOptions {
  renotify?: boolean;
  actions?: readonly { action: string; title: string }[];
}
