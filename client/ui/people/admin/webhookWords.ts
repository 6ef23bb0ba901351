import type { DeliveryResource, EventType } from '../../../../server/protocol/webhooks.ts';

export const EVENT_WORDS: Readonly<Record<EventType, string>> = {
  'room.started': 'A room starts',
  'room.ended': 'A room ends',
  'participant.joined': 'Somebody joins',
  'participant.left': 'Somebody leaves',
  'recording.started': 'A recording starts',
  'recording.stopped': 'A recording stops',
  'recording.ready': 'A recording is ready',
  'recording.failed': 'A recording fails',
  'call.missed': 'A call is missed',
  'voicemail.created': 'A message arrives',
  'voicemail.read': 'A message is heard',
};

export const ALL_EVENTS = Object.keys(EVENT_WORDS) as readonly EventType[];

/** How it went, such as “Delivered (204, 35 ms)”. */
export const deliveryWords = ({
  state,
  status,
  error,
  attempts,
  durationMs,
}: Pick<DeliveryResource, 'state' | 'status' | 'error' | 'attempts' | 'durationMs'>): string => {
  const answer = status === null ? error : String(status);
  const facts = [
    ...(answer === null ? [] : [answer]),
    ...(durationMs === null ? [] : [`${durationMs} ms`]),
    ...(attempts > 1 ? [`${attempts} attempts`] : []),
  ];
  const ending = facts.length === 0 ? '' : ` (${facts.join(', ')})`;
  if (state === 'delivered') return `Delivered${ending}`;
  if (state === 'failed') return `Not delivered${ending}`;
  return attempts === 0 ? 'On its way' : `Tried again later${ending}`;
};
