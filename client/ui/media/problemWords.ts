import type { DeviceProblem } from '../../core/devices.ts';
import { assertNever } from '../parts/assertNever.ts';

export type BrowserFamily = 'chromium' | 'chromiumAndroid' | 'firefox' | 'safari' | 'ios' | 'other';

export const browserFamily = (userAgent: string): BrowserFamily => {
  if (/iPhone|iPad|iPod/.test(userAgent)) return 'ios';
  if (/Firefox\//.test(userAgent)) return 'firefox';
  if (/Chrome\/|Chromium\//.test(userAgent)) {
    return /Android/.test(userAgent) ? 'chromiumAndroid' : 'chromium';
  }
  return /Safari\//.test(userAgent) ? 'safari' : 'other';
};

const unblock = (what: string, family: BrowserFamily): string => {
  switch (family) {
    case 'chromium':
      return `Click the sign to the left of the address, switch ${what} on, and try again.`;
    case 'chromiumAndroid':
      return `Tap the sign to the left of the address, then Permissions, allow ${what}, and try again.`;
    case 'firefox':
      return `Click the crossed-out sign to the left of the address, remove the block on ${what}, and try again.`;
    case 'safari':
      return `Choose Safari, Settings for This Website, set ${what} to Allow, and try again.`;
    case 'ios':
      return `Tap the page menu in the address bar, then Website Settings, allow ${what}, and try again.`;
    case 'other':
      return `Allow ${what} for this page in the browser’s settings, and try again.`;
    default:
      return assertNever(family);
  }
};

export interface ProblemWords {
  readonly title: string;
  readonly cure: string;
  readonly retry: boolean;
}

/** What is wrong with `what` (“camera”, “microphone”, or both) and how it is mended. */
export const problemWords = (
  what: string,
  problem: DeviceProblem,
  family: BrowserFamily,
): ProblemWords => {
  const both = what.includes(' and ');
  const are = both ? 'are' : 'is';
  switch (problem) {
    case 'denied':
      return {
        title: `Your ${what} ${are} blocked`,
        cure: unblock(what, family),
        retry: true,
      };
    case 'notFound':
      return {
        title: `No ${what.replace(' and ', ' or ')} found`,
        cure: 'Plug one in and try again.',
        retry: true,
      };
    case 'inUse':
      return {
        title: `Your ${what} ${are} in use elsewhere`,
        cure: `Another program or window holds ${both ? 'them' : 'it'}. Close that, and try again.`,
        retry: true,
      };
    case 'insecure':
      return {
        title: `No ${what.replace(' and ', ' or ')} on this address`,
        cure: 'Browsers hand them out on https:// addresses only. Ask whoever runs this server for the secure one.',
        retry: false,
      };
    case 'unsupported':
      return {
        title: `This browser cannot use a ${what.replace(' and ', ' or ')}`,
        cure: 'A current Chrome, Edge, Firefox or Safari can.',
        retry: false,
      };
    case 'unknown':
      return {
        title: `Your ${what} did not start`,
        cure: 'Try again; if that does not help, restart the browser.',
        retry: true,
      };
    default:
      return assertNever(problem);
  }
};
