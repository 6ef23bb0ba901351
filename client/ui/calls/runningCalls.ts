import type { CallId } from '../../../server/protocol/ids.ts';

/** A call that a page was in: enough to go on with it when the page is loaded anew. */
export interface RunningCall {
  readonly callId: CallId;
  /** Only who placed it has one. */
  readonly callKey: string | null;
  readonly signedIn: boolean;
}

const KEY = 'roomtone.calls';

/** For the page that comes next in this tab. Kept no longer than that: a copy of the tab has none. */
export const leaveRunningCalls = (calls: readonly RunningCall[]): void => {
  try {
    if (calls.length > 0) sessionStorage.setItem(KEY, JSON.stringify(calls));
  } catch {
    // Then a call ends with its page.
  }
};

/** Of the page that was here before, in this tab; once. */
export const takeRunningCalls = (): readonly RunningCall[] => {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? '[]');
    sessionStorage.removeItem(KEY);
    return Array.isArray(kept) ? (kept as RunningCall[]) : [];
  } catch {
    return [];
  }
};
