import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { CallSession } from './CallSession.ts';

/** The call that the tiles and panels below belong to. */
export const CallContext = createContext<CallSession | null>(null);

export const useCall = (): CallSession => {
  const call = useContext(CallContext);
  if (call === null) throw new Error('used outside of a call');
  return call;
};
