import { CLOSE_CODE } from '../../server/protocol/errors.ts';
import { SignalingError, type SignalingErrorCode } from './SignalingError.ts';
import type { EndReason } from './store.ts';

/** Codes of `join` that waiting does not change. */
const TURNED_AWAY: ReadonlySet<SignalingErrorCode> = new Set<SignalingErrorCode>([
  'bad_request',
  'unauthorized',
  'forbidden',
  'room_locked',
  'room_full',
  'not_found',
]);

export const isTurnedAway = (error: unknown): error is SignalingError =>
  error instanceof SignalingError && TURNED_AWAY.has(error.code);

/** Why a call is over that the server closed with this code. */
export const endOf = (code: number): [reason: EndReason, detail?: string] => {
  if (code === CLOSE_CODE.normal) return ['left'];
  if (code === CLOSE_CODE.removed) return ['removed'];
  if (code === CLOSE_CODE.replaced) return ['replaced'];
  return ['refused', code === CLOSE_CODE.expired ? 'unauthorized' : 'protocol'];
};
