import { createHmac } from 'node:crypto';
import type { IceServer } from '../protocol/media.ts';

/** Longer survives longer calls without a new word from us; shorter is worth less when stolen. */
const CREDENTIAL_TTL_SECONDS = 600;

/**
 * TURN servers with credentials that expire by themselves: the "REST API" scheme of coturn
 * (draft-uberti-behave-turn-rest), user `expiry:name`, password HMAC-SHA1.
 */
export const turnServers = (
  turn: { readonly urls: readonly string[]; readonly secret: string } | undefined,
  name: string,
  nowMs: number,
): IceServer[] => {
  if (!turn) return [];
  const username = `${Math.floor(nowMs / 1000) + CREDENTIAL_TTL_SECONDS}:${name}`;
  const credential = createHmac('sha1', turn.secret).update(username).digest('base64');
  return [{ urls: [...turn.urls], username, credential }];
};
