/** Why a browser cannot be told of calls, or that it can. */
export type PushSupport = 'can' | 'needsHttps' | 'needsHomeScreen' | 'cannot';

/** What of a browser decides on it. */
export interface Browser {
  readonly userAgent: string;
  readonly touchPoints: number;
  readonly isSecure: boolean;
  readonly hasPush: boolean;
}

export const pushSupport = ({
  userAgent,
  touchPoints,
  isSecure,
  hasPush,
}: Browser): PushSupport => {
  if (!isSecure) return 'needsHttps';
  if (hasPush) return 'can';
  // An iPad says that it is a Mac; no Mac has a touch screen.
  const isApple = /iPhone|iPad|iPod/.test(userAgent) || (/Mac/.test(userAgent) && touchPoints > 1);
  return isApple ? 'needsHomeScreen' : 'cannot';
};

export const thisBrowser = (): Browser => ({
  userAgent: navigator.userAgent,
  touchPoints: navigator.maxTouchPoints,
  isSecure: isSecureContext,
  hasPush: 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window,
});

export const SUPPORT_WORDS: Readonly<Record<Exclude<PushSupport, 'can'>, string>> = {
  needsHttps:
    'Browsers allow this on https:// addresses only. Ask whoever runs this server for the secure one.',
  needsHomeScreen:
    'An iPhone or iPad can be told of calls once Roomtone is on its home screen: tap Share, then Add to Home Screen, open Roomtone from there, and switch this on.',
  cannot:
    'This browser cannot be told of calls while no page is open. A current Chrome, Edge, Firefox or Safari can.',
};
