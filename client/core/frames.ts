import type { ServerFrame } from '../../server/protocol/envelope.ts';

/** The frame in a message of the server, or `null` for what is not one. */
export const parseFrame = (text: unknown): ServerFrame | null => {
  if (typeof text !== 'string') return null;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null) return null;
  const known = 'notification' in value || 'response' in value || 'request' in value;
  return known ? (value as ServerFrame) : null;
};
